package io.forgewatch.command.identity;

import io.forgewatch.command.identity.TokenIssuer.Token;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.identity.Tier;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ClientAddresses;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/auth")
@Tag(name = "sign-in", description = "Tokens, and the keys that verify them 登录")
class AuthController {

    private final SignIn signIn;
    private final TokenSigning signing;
    private final ClientAddresses clients;

    /** What to sign in with. */
    record Credentials(
            @Schema(maxLength = 32, example = "ministry") String username,

            @Schema(maxLength = 128, example = "correct horse battery staple")
            String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** Who the token says is calling, until when. */
    @Schema(name = "OwnAccount")
    record Me(String username, Role role, Tier tier, String jurisdiction, Instant expiresAt) {}

    /** A JSON Web Key Set (RFC 7517). */
    @Schema(name = "TokenKeys")
    record Keys(List<SigningKey> keys) {}

    AuthController(SignIn signIn, TokenSigning signing, ClientAddresses clients) {
        this.signIn = signIn;
        this.signing = signing;
        this.clients = clients;
    }

    @PostMapping("/tokens")
    @SecurityRequirements
    @Operation(
            summary = "Sign in 登录",
            description =
                    "Gives an access token for 15 minutes, and a refresh token to get the next one with. Send the access token as Authorization: Bearer to both sides. Where much has"
                            + " failed, an account waits from networks that it has not signed in from within 30 days, and never"
                            + " from others; it is never locked.")
    @ApiResponse(
            responseCode = "200",
            description = "Signed in",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Token.class),
                            examples = @ExampleObject(RefreshTokenExample.ANSWER)))
    @Refusals({"invalid-credentials", "too-many-attempts"})
    Mono<Token> signIn(@RequestBody Credentials credentials, ServerHttpRequest request) {
        return signIn.signIn(credentials.username(), credentials.password(), clients.of(request));
    }

    @GetMapping("/keys")
    @SecurityRequirements
    @Operation(
            summary = "Keys that verify tokens 令牌公钥",
            description = "A JSON Web Key Set (RFC 7517) with the Ed25519 keys (RFC 8037): the one that signs first, then the others that"
                            + " are still believed. A token names its own by kid. 首个为当前签名密钥，其余仍可验证。")
    @ApiResponse(
            responseCode = "200",
            description = "The keys",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Keys.class),
                            examples = @ExampleObject("""
                                            {"keys": [{"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", \
                                            "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", \
                                            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""")))
    Keys listTokenKeys() {
        return new Keys(signing.verifying().stream().map(SigningKey::of).toList());
    }

    @GetMapping("/me")
    @Operation(summary = "Who am I 当前账号", description = "What the token says: name, role, tier, jurisdiction, end. The tier follows from role and jurisdiction. 层级由角色和管辖范围决定。")
    @ApiResponse(
            responseCode = "200",
            description = "The caller",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Me.class),
                            examples = @ExampleObject("""
                                            {"username": "shandong", "role": "PROVINCE", "tier": "PROVINCE", "jurisdiction": "region:37", \
                                            "expiresAt": "2026-11-24T22:50:00.000Z"}""")))
    @Refusals(
            value = {},
            forbids = false)
    Me getOwnAccount(Caller caller) {
        return new Me(caller.username(), caller.role(), caller.tier(), caller.jurisdiction().wire(), caller.expiresAt());
    }
}
