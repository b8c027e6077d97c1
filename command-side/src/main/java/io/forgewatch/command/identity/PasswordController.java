package io.forgewatch.command.identity;

import io.forgewatch.command.decision.Commands.Answer;
import io.forgewatch.command.identity.IdentityCommand.ChangePassword;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.identity.IdentityCommand.ResetPassword;
import io.forgewatch.command.identity.TokenIssuer.Token;
import io.forgewatch.command.security.KeyedMarks;
import io.forgewatch.command.security.Lane;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.command.security.PasswordLanes;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ClientAddresses;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Passwords that are changed by their owners, and given for once by those who keep accounts. */
@RestController
@Tag(name = "accounts")
class PasswordController {

    /** So long somebody can sign in with a password that was given for once. */
    static final Duration ONE_TIME = Duration.ofHours(72);

    private static final String WRONG = "invalid-credentials";

    private final CommandAnswers answers;
    private final SignIn signIn;
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordHashes hashes;
    private final PasswordLanes lanes;
    private final Sessions sessions;
    private final KeyedMarks oneTimeMarks;
    private final ClientAddresses clients;

    /** The password as it is and as it shall be. */
    record PasswordChange(
            @Schema(maxLength = 128, example = "Blast-Furnace-No.3") String currentPassword,

            @Schema(minLength = 12, maxLength = 128, example = "Slag-Ladle-Crane-7")
            String newPassword) {

        /** Without either. */
        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }

    /**
     * What somebody signs in with to choose a password.
     *
     * @param oneTimePassword told this once; whoever has it is the account until then
     */
    record OneTimePassword(
            String username,

            @Schema(example = "pJ5v0c2mT8yQe1nRk7wXsA") String oneTimePassword,
            Instant validUntil) {

        /** Without the password. */
        @Override
        public String toString() {
            return "OneTimePassword[" + username + ", until " + validUntil + "]";
        }
    }

    PasswordController(
            CommandAnswers answers,
            SignIn signIn,
            Accounts accounts,
            Passwords passwords,
            PasswordHashes hashes,
            PasswordLanes lanes,
            Sessions sessions,
            KeyedMarks oneTimeMarks,
            ClientAddresses clients) {
        this.answers = answers;
        this.signIn = signIn;
        this.accounts = accounts;
        this.passwords = passwords;
        this.hashes = hashes;
        this.lanes = lanes;
        this.sessions = sessions;
        this.oneTimeMarks = oneTimeMarks;
        this.clients = clients;
    }

    @PutMapping("/auth/password")
    @Operation(
            summary = "Change one's password 修改密码",
            description =
                    "By its owner, who shows the present one; the new one is as at opening an account. All sessions of the account"
                            + " end, and a new one begins with the tokens of the answer. Guesses are slowed down as at sign-in."
                            + " 修改后该账号的全部会话结束，返回新的令牌。")
    @ApiResponse(
            responseCode = "200",
            description = "Changed",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Token.class),
                            examples = @ExampleObject(RefreshTokenExample.ANSWER)))
    @CommandErrors
    @Refusals(
            value = {
                "account-closed",
                "password-unchanged",
                "too-many-attempts",
                "weak-password",
                "wrong-password",
            },
            forbids = false)
    Mono<ResponseEntity<Token>> changePassword(
            @RequestBody PasswordChange change,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key,
            ServerHttpRequest request) {
        if (!PasswordPolicy.accepts(caller.username(), change.newPassword())) {
            throw wrong("weak-password", "newPassword", PasswordPolicy.RULE);
        }
        if (change.newPassword().equals(change.currentPassword())) {
            throw wrong(
                    "password-unchanged", "newPassword", "The new password is the present one. 新密码与当前密码相同。");
        }
        return shown(change, caller, key, clients.of(request))
                .then(hash(caller.username(), caller.username(), change.newPassword()))
                .flatMap(hash -> passwords.kept(
                        caller.username(),
                        Passwords.newCredential(),
                        hash,
                        credential -> answers.send(
                                new ChangePassword(caller.username(), hash, credential, answers.now()), caller, key)))
                .flatMap(answer -> begunAnew(caller.username())
                        .map(token -> CommandAnswers.entity(HttpStatus.OK, answer, token)));
    }

    @PostMapping("/accounts/{username}/password-reset")
    @Operation(
            summary = "Give an account a password for once 重置密码",
            description =
                    "By whoever may open the account, never by itself: for somebody who has forgotten theirs. The password is told"
                            + " this once, is good for 72 h, and opens nothing but PUT /auth/password. The old one is worth nothing"
                            + " any more, and all sessions end. 一次性密码 72 小时内有效，登录后必须先修改密码。")
    @ApiResponse(
            responseCode = "200",
            description = "Reset",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = OneTimePassword.class),
                            examples = @ExampleObject("""
                                            {"username": "qingdao.steel", "oneTimePassword": "pJ5v0c2mT8yQe1nRk7wXsA",                                             "validUntil": "2026-11-27T22:35:00.000Z"}""")))
    @CommandErrors
    @Refusals({"account-closed", "own-account"})
    Mono<ResponseEntity<OneTimePassword>> resetPassword(
            @Parameter(example = "qingdao.steel") @PathVariable String username,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        caller.mustBe(Role.MINISTRY, Role.PROVINCE);
        if (!OpenAccount.isUsername(username)) {
            throw Problem.notFound();
        }
        Authority by = CallingAuthority.of(caller);
        // Made up only for whoever may ask for it: an account that is not theirs has nothing kept for it.
        return accounts.state(username)
                .map(state -> Account.refusesKeeping(state, by))
                .flatMap(refuses -> refuses ? Mono.<String>error(Problem.notFound()) : Mono.just(Passwords.newCredential()))
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(credential -> hash(caller.username(), username, oneTime(username, credential))
                        .flatMap(hash -> passwords.kept(
                                username, credential, hash, kept -> reset(username, kept, by, caller, key))))
                .flatMap(answer -> sessions.endAll(username, Optional.empty())
                        .thenReturn(CommandAnswers.entity(HttpStatus.OK, answer, told(username, answer))));
    }

    private Mono<Answer> reset(
            String username, String credential, Authority by, Caller caller, @Nullable String key) {
        Instant now = answers.now();
        return answers.send(new ResetPassword(username, credential, now.plus(ONE_TIME), by, now), caller, key);
    }

    /** Kept nowhere but as a hash: of a repeat, whose answer names the first credential, it follows from that again. */
    private OneTimePassword told(String username, Answer answer) {
        String credential = String.valueOf(answer.body().get(Account.CREDENTIAL));
        return new OneTimePassword(
                username,
                oneTime(username, credential),
                Instant.parse(String.valueOf(answer.body().get(Account.VALID_UNTIL))));
    }

    private String oneTime(String username, String credential) {
        return oneTimeMarks.mark(username, credential);
    }

    /**
     * Whoever has lost the answer to a change repeats it under its key: then the new password is the present one, and they show
     * that. That it is looked at in its turn counts as an attempt of its own.
     */
    private Mono<Holder> shown(
            PasswordChange change, Caller caller, @Nullable String key, Optional<InetAddress> address) {
        return signIn.shown(caller.username(), change.currentPassword(), address)
                .onErrorResume(
                        failure -> key != null && isWrong(failure),
                        failure -> signIn.shown(caller.username(), change.newPassword(), address))
                .onErrorMap(
                        PasswordController::isWrong,
                        failure -> wrong(
                                "wrong-password", "currentPassword", "The present password is another. 当前密码错误。"));
    }

    private static boolean isWrong(Throwable failure) {
        return failure instanceof Problem problem && problem.code().equals(WRONG);
    }

    private Mono<String> hash(String whose, String username, String password) {
        return lanes.in(Lane.KNOWN, whose, hashes.hash(username, password));
    }

    private Mono<Token> begunAnew(String username) {
        return sessions.endAll(username, Optional.empty())
                .then(Mono.defer(() -> accounts.find(username)))
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(sessions::begin);
    }

    private static Problem wrong(String code, String field, String detail) {
        return new Problem(422, code, detail, List.of(new Problem.Item("#/" + field, code, detail)), Map.of());
    }
}
