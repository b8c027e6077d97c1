package io.forgewatch.command.identity;

import io.forgewatch.command.identity.IdentityCommand.AssignAccount;
import io.forgewatch.command.identity.IdentityCommand.CloseAccount;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.identity.IdentityCommand.ReopenAccount;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What becomes of an account after it was opened. */
@RestController
@Tag(name = "accounts")
class AccountChangeController {

    private static final String CHANGED = "{\"username\": \"qingdao.steel\"}";

    private final CommandAnswers answers;
    private final Sessions sessions;

    /**
     * What an account is for from now on.
     *
     * @param jurisdiction {@code nation}, {@code region:37} or {@code enterprise:GT3702110001}
     */
    record Assignment(
            @Schema(example = "PROVINCE") Role role,
            @Schema(example = "region:3702") String jurisdiction) {}

    /** Whose account was changed, or is so already. */
    record ChangedAccount(String username) {}

    AccountChangeController(CommandAnswers answers, Sessions sessions) {
        this.answers = answers;
        this.sessions = sessions;
    }

    @PostMapping("/accounts/{username}/closure")
    @Operation(
            summary = "Close an account 停用账号",
            description =
                    "By whoever may open it, never by itself. Nobody signs in with it any more, and its sessions end; access"
                            + " tokens that were given out end with their time, 15 minutes at most. 停用后不能再登录，已有会话立即结束。")
    @ApiResponse(
            responseCode = "200",
            description = "Closed, now or before",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ChangedAccount.class),
                            examples = @ExampleObject(CHANGED)))
    @CommandErrors
    @Refusals("own-account")
    Mono<ResponseEntity<ChangedAccount>> closeAccount(
            @Parameter(example = "qingdao.steel") @PathVariable String username,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        Authority by = authority(username, caller);
        return changed(new CloseAccount(username, by, answers.now()), caller, key)
                .flatMap(answer -> sessions.endAll(username, Optional.empty()).thenReturn(answer));
    }

    @PostMapping("/accounts/{username}/reopening")
    @Operation(
            summary = "Reopen an account 恢复账号",
            description = "By whoever may open it: as it was before it was closed, with its password. 恢复为停用前的状态。")
    @ApiResponse(
            responseCode = "200",
            description = "Open, now or before",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ChangedAccount.class),
                            examples = @ExampleObject(CHANGED)))
    @CommandErrors
    @Refusals("own-account")
    Mono<ResponseEntity<ChangedAccount>> reopenAccount(
            @Parameter(example = "qingdao.steel") @PathVariable String username,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        Authority by = authority(username, caller);
        return changed(new ReopenAccount(username, by, answers.now()), caller, key);
    }

    @PostMapping("/accounts/{username}/assignment")
    @Operation(
            summary = "Give an account another role or jurisdiction 变更角色或管辖范围",
            description =
                    "By whoever may open both, the account as it is and as it shall be; never by itself. Tokens say so from their"
                            + " next renewal on, 15 minutes later at most. 变更前后均须在管辖范围内；最迟 15 分钟后生效。")
    @ApiResponse(
            responseCode = "200",
            description = "Changed, or so already",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ChangedAccount.class),
                            examples = @ExampleObject(CHANGED)))
    @CommandErrors
    @Refusals({"account-closed", "invalid-account", "own-account"})
    Mono<ResponseEntity<ChangedAccount>> assignAccount(
            @Parameter(example = "qingdao.steel") @PathVariable String username,
            @RequestBody Assignment assignment,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        Authority by = authority(username, caller);
        AssignAccount command;
        try {
            command = new AssignAccount(
                    username, assignment.role(), assignment.jurisdiction(), by, answers.now());
        } catch (IllegalArgumentException refused) {
            throw new Problem(422, "invalid-account", String.valueOf(refused.getMessage()));
        }
        return changed(command, caller, key);
    }

    /** What can be no account's name is none. */
    private static Authority authority(String username, Caller caller) {
        caller.mustBe(Role.MINISTRY, Role.PROVINCE);
        if (!OpenAccount.isUsername(username)) {
            throw Problem.notFound();
        }
        return CallingAuthority.of(caller);
    }

    private Mono<ResponseEntity<ChangedAccount>> changed(
            IdentityCommand command, Caller caller, @Nullable String key) {
        return answers.send(command, caller, key)
                .map(answer -> CommandAnswers.entity(HttpStatus.OK, answer, new ChangedAccount(command.username())));
    }
}
