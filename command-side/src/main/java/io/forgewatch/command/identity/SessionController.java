package io.forgewatch.command.identity;

import io.forgewatch.command.identity.TokenIssuer.Token;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Staying signed in, and no longer. */
@RestController
@RequestMapping("/auth")
@Tag(name = "sign-in")
class SessionController {

    private final Sessions sessions;

    /** What to go on with. */
    record Renewal(
            @Schema(maxLength = 88, example = RefreshTokenExample.TEXT) String refreshToken) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Renewal[]";
        }
    }

    /** How many sessions of the account have ended. */
    record SignedOut(@Schema(example = "2") long sessions) {}

    SessionController(Sessions sessions) {
        this.sessions = sessions;
    }

    @PostMapping("/tokens/renewal")
    @SecurityRequirements
    @Operation(
            summary = "Stay signed in 续期",
            description =
                    "Gives the next access token and the next refresh token for a refresh token, which is used up by it. An"
                            + " answer can be lost: the same token again within 10 s has the same answer, whichever instance is"
                            + " asked; later its session ends, since two have the token. A session that is not renewed ends"
                            + " after 7 days, and any after 30. 刷新令牌只能使用一次；10 秒内重复返回相同结果，超过则整个会话结束。")
    @ApiResponse(
            responseCode = "200",
            description = "Signed in for longer",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Token.class),
                            examples = @ExampleObject(RefreshTokenExample.ANSWER)))
    @Refusals({"refresh-token-invalid", "refresh-token-repeated"})
    Mono<Token> renewToken(@RequestBody Renewal renewal) {
        return sessions.renew(renewal.refreshToken());
    }

    @PostMapping("/sign-out")
    @Operation(
            summary = "Sign out 退出登录",
            description =
                    "Ends the session of the access token: its refresh token is worth nothing any more. The access token itself"
                            + " ends with its time, 15 minutes at most. 结束当前会话，刷新令牌立即失效；访问令牌到期失效。")
    @ApiResponse(
            responseCode = "200",
            description = "Signed out",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SignedOut.class),
                            examples = @ExampleObject("{\"sessions\": 1}")))
    @Refusals(
            value = {},
            forbids = false)
    Mono<SignedOut> signOut(Caller caller) {
        return Mono.justOrEmpty(Optional.ofNullable(caller.session()))
                .flatMap(session -> sessions.end(UUID.fromString(session)))
                .map(ended -> new SignedOut(ended ? 1 : 0))
                .defaultIfEmpty(new SignedOut(0));
    }

    @PostMapping("/sign-out/everywhere")
    @Operation(
            summary = "Sign out everywhere 全部退出",
            description = "Ends all sessions of the account, this one too, as a sign-out does with one. 结束此账号的全部会话。")
    @ApiResponse(
            responseCode = "200",
            description = "Signed out",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SignedOut.class),
                            examples = @ExampleObject("{\"sessions\": 2}")))
    @Refusals(
            value = {},
            forbids = false)
    Mono<SignedOut> signOutEverywhere(Caller caller) {
        return sessions.endAll(caller.username(), Optional.empty()).map(SignedOut::new);
    }
}
