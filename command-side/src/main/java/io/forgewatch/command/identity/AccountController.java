package io.forgewatch.command.identity;

import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.personal.Confidences;
import io.forgewatch.command.security.Lane;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.command.security.PasswordLanes;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalSubject;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "accounts", description = "Who may sign in 账号")
class AccountController {

    private final CommandAnswers answers;
    private final PasswordHashes hashes;
    private final PasswordLanes lanes;
    private final Passwords passwords;
    private final Confidences confidences;

    /**
     * An account to be opened.
     *
     * @param jurisdiction {@code nation}, {@code region:37} or {@code enterprise:GT3702110001}
     */
    record NewAccount(
            @Schema(example = "qingdao.steel", pattern = "[a-z0-9][a-z0-9._-]{2,31}")
            String username,

            @Schema(example = "ENTERPRISE") Role role,
            @Schema(example = "enterprise:GT3702110001") String jurisdiction,
            @Schema(example = "青岛某钢铁有限公司", maxLength = 64) String displayName,

            @Schema(example = "Slag-Ladle-Crane-7", minLength = 12, maxLength = 128)
            String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "NewAccount[" + username + ", " + role + ", " + jurisdiction + "]";
        }
    }

    /** An account that is open. */
    record OpenedAccount(String username, Role role, String jurisdiction, String displayName) {}

    AccountController(
            CommandAnswers answers,
            PasswordHashes hashes,
            PasswordLanes lanes,
            Passwords passwords,
            Confidences confidences) {
        this.answers = answers;
        this.hashes = hashes;
        this.lanes = lanes;
        this.passwords = passwords;
        this.confidences = confidences;
    }

    @PostMapping("/accounts")
    @Operation(
            summary = "Open an account 开户",
            description =
                    "The ministry opens any; a province opens provinces', enterprises' and auditors' within its own"
                            + " jurisdiction. The password has 12 to 128 characters of three kinds, or 20 and more."
                            + " A name that is taken is 409 username-taken, whatever else is sent: only a repeat with its"
                            + " Idempotency-Key is answered as the first. 用户名已存在时一律返回 409；仅携带同一 Idempotency-Key 的重复请求返回首次结果。")
    @ApiResponse(
            responseCode = "201",
            description = "Opened; the header Forgewatch-Position says where",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = OpenedAccount.class),
                            examples = @ExampleObject("""
                                            {"username": "qingdao.steel", "role": "ENTERPRISE", \
                                            "jurisdiction": "enterprise:GT3702110001", "displayName": "青岛某钢铁有限公司"}""")))
    @CommandErrors
    @Refusals({"invalid-account", "username-taken", "weak-password"})
    Mono<ResponseEntity<OpenedAccount>> openAccount(
            @RequestBody NewAccount account,
            Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey) {
        mayOpen(caller, account);
        check(account);
        return lanes.in(Lane.KNOWN, caller.username(), hashes.hash(account.username(), account.password()))
                .zipWith(confidences.confide(PersonalSubject.account(account.username()), account.displayName()))
                .flatMap(both -> passwords.kept(
                        account.username(),
                        Passwords.newCredential(),
                        both.getT1(),
                        credential -> answers.send(
                                new OpenAccount(
                                        account.username(),
                                        account.role(),
                                        account.jurisdiction(),
                                        both.getT2(),
                                        both.getT1(),
                                        credential,
                                        answers.now()),
                                caller,
                                idempotencyKey)))
                .map(answer -> CommandAnswers.entity(
                        HttpStatus.CREATED,
                        answer,
                        new OpenedAccount(
                                account.username(), account.role(), account.jurisdiction(), account.displayName())));
    }

    /** Before the password is hashed, which costs more than all else here. */
    private static void check(NewAccount account) {
        if (!OpenAccount.isUsername(account.username())) {
            throw wrong("invalid-account", "username", OpenAccount.USERNAME_RULE);
        }
        if (!OpenAccount.isDisplayName(account.displayName())) {
            throw wrong("invalid-account", "displayName", OpenAccount.DISPLAY_NAME_RULE);
        }
        if (!OpenAccount.fits(account.role(), jurisdiction(account))) {
            throw wrong("invalid-account", "jurisdiction", OpenAccount.JURISDICTION_RULE);
        }
        if (!PasswordPolicy.accepts(account.username(), account.password())) {
            throw wrong("weak-password", "password", PasswordPolicy.RULE);
        }
    }

    private static void mayOpen(Caller caller, NewAccount account) {
        caller.mustBe(Role.MINISTRY, Role.PROVINCE);
        if (!CallingAuthority.of(caller).mayKeep(account.role(), jurisdiction(account).wire())) {
            throw Problem.forbidden();
        }
    }

    private static Problem wrong(String code, String field, String detail) {
        return new Problem(422, code, detail, List.of(new Problem.Item("#/" + field, code, detail)), Map.of());
    }

    private static Jurisdiction jurisdiction(NewAccount account) {
        try {
            return Jurisdiction.fromWire(account.jurisdiction());
        } catch (IllegalArgumentException bad) {
            throw wrong(
                    "invalid-account",
                    "jurisdiction",
                    "A jurisdiction is nation, region:37 or enterprise:GT3702110001. 管辖范围格式错误。");
        }
    }
}
