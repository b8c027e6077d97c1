package io.forgewatch.command.identity;

import io.forgewatch.command.credential.SessionTable;
import io.forgewatch.command.credential.SessionTable.SignIns;
import io.forgewatch.command.personal.PersonalTexts;
import io.forgewatch.command.web.LookingBack;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.identity.Tier;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.Filters;
import io.forgewatch.web.Filters.Filter;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Which accounts there are. On this side, since it shows people, whose keys are here. */
@RestController
@Tag(name = "accounts")
class AccountListController {

    private static final String STATUS = "status";
    private static final String ROLE = "role";
    private static final String ENTERPRISE = "enterpriseId";
    private static final String REGION = "region";
    private static final int RETRY_AFTER_SECONDS = 2;

    private static final String EXAMPLE = "{\"username\": \"qingdao.steel\", \"role\": \"ENTERPRISE\","
            + " \"tier\": \"ENTERPRISE\", \"jurisdiction\": \"enterprise:GT3702110001\","
            + " \"displayName\": \"青岛某钢铁有限公司\", \"status\": \"OPEN\","
            + " \"openedAt\": \"2026-11-24T22:35:00.000Z\", \"closedAt\": null,"
            + " \"lastSignInAt\": \"2026-11-25T00:01:12.480Z\", \"previousSignInAt\": null}";

    private final AccountDirectory directory;
    private final SessionTable sessions;
    private final PersonalTexts texts;
    private final LookingBack looking;

    /**
     * An account.
     *
     * @param displayName what reads 已删除 / erased once it was erased
     * @param closedAt null while it is open
     * @param lastSignInAt null until somebody signed in
     * @param previousSignInAt the time before the last
     */
    @Schema(name = "Account")
    record Entry(
            String username,
            Role role,
            Tier tier,
            String jurisdiction,
            String displayName,
            AccountStatus status,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable Instant lastSignInAt,
            @Nullable Instant previousSignInAt) {}

    /** For the specification: a page of accounts. */
    @Schema(name = "AccountPage")
    record Entries(
            List<Entry> items,
            @Nullable @Schema(description = "The cursor of the following piece; null when this was the last")
            String next) {}

    AccountListController(
            AccountDirectory directory, SessionTable sessions, PersonalTexts texts, LookingBack looking) {
        this.directory = directory;
        this.sessions = sessions;
        this.texts = texts;
        this.looking = looking;
    }

    @GetMapping("/accounts")
    @Operation(
            summary = "List accounts 账号列表",
            description =
                    "By the ministry, authorities and auditors: accounts within their own jurisdiction, newest first. An"
                            + " account that was just opened may be missing for a moment. 按管辖范围列出账号。")
    @ApiResponse(
            responseCode = "200",
            description = "A page of accounts",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Entries.class),
                            examples = @ExampleObject("{\"items\": [" + EXAMPLE + "], \"next\": null}")))
    @Refusals("too-many-requests")
    Mono<Entries> listAccounts(
            @Parameter(hidden = true)
            @Filters(
                    value = {STATUS, ROLE, ENTERPRISE, REGION},
                    described = {
                        @Filter(name = STATUS, values = AccountStatus.class, example = "OPEN"),
                        @Filter(name = ROLE, values = Role.class, example = "ENTERPRISE")
                    })
            ListParameters list,
            @Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.MINISTRY, Role.PROVINCE, Role.AUDITOR);
        Optional<AccountStatus> status = list.oneOf(STATUS, AccountStatus.class);
        Optional<Role> role = list.oneOf(ROLE, Role.class);
        Optional<EnterpriseId> enterprise = list.enterprise(ENTERPRISE);
        Optional<Jurisdiction.Region> region = list.region(REGION).map(Jurisdiction.Region::new);
        long before = list.cursor().map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        caughtUp();
        return looking.page(
                caller,
                Mono.fromSupplier(() -> directory
                                .openedBefore(before)
                                .filter(account -> sees(caller, account))
                                .filter(account -> status.filter(account.status()::equals).isPresent() || status.isEmpty())
                                .filter(account -> role.filter(account.role()::equals).isPresent() || role.isEmpty())
                                .filter(account -> enterprise
                                        .map(id -> account.jurisdiction().equals(new Jurisdiction.Enterprise(id)))
                                        .orElse(true))
                                .filter(account -> region.map(within -> within.contains(account.jurisdiction()))
                                        .orElse(true))
                                .limit(list.limit() + 1L)
                                .toList())
                        .map(found -> Page.of(found, list, account -> Cursor.of(Long.toString(account.position()))))
                        .flatMap(page -> entries(page.items()).map(items -> new Entries(items, page.next()))));
    }

    @GetMapping("/accounts/{username}")
    @Operation(
            summary = "One account 账号详情",
            description = "By those who may list it, and by itself. 可见范围同列表；任何人可查看自己的账号。")
    @ApiResponse(
            responseCode = "200",
            description = "The account",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Entry.class),
                            examples = @ExampleObject(EXAMPLE)))
    @Refusals(
            value = {"too-many-requests"},
            forbids = false)
    Mono<Entry> getAccount(
            @Parameter(example = "qingdao.steel") @PathVariable String username,
            @Parameter(hidden = true) Caller caller) {
        caughtUp();
        ListedAccount account = directory
                .find(username)
                .filter(known -> known.username().equals(caller.username()) || sees(caller, known))
                .orElseThrow(Problem::notFound);
        return looking.page(caller, entries(List.of(account)).map(List::getFirst));
    }

    private void caughtUp() {
        if (!directory.isCaughtUp()) {
            throw Problem.unavailable(RETRY_AFTER_SECONDS);
        }
    }

    private static boolean sees(Caller caller, ListedAccount account) {
        return caller.role() == Role.AUDITOR
                ? caller.jurisdiction().contains(account.jurisdiction())
                : CallingAuthority.of(caller)
                        .mayKeep(account.role(), account.jurisdiction().wire());
    }

    private Mono<List<Entry>> entries(List<ListedAccount> accounts) {
        return texts.reading(
                        accounts.stream().map(ListedAccount::displayName).toList())
                .zipWith(sessions.signIns(
                        accounts.stream().map(ListedAccount::username).toList()))
                .map(both -> accounts.stream()
                        .map(account -> entry(account, both.getT1(), both.getT2()))
                        .toList());
    }

    private static Entry entry(
            ListedAccount account, UnaryOperator<PersonalText> reading, Map<String, SignIns> signIns) {
        SignIns known = signIns.get(account.username());
        return new Entry(
                account.username(),
                account.role(),
                Tier.of(account.role(), account.jurisdiction()),
                account.jurisdiction().wire(),
                reading.apply(account.displayName()).stored(),
                account.status(),
                account.openedAt(),
                account.closedAt(),
                known == null ? null : known.last(),
                known == null ? null : known.previous());
    }
}
