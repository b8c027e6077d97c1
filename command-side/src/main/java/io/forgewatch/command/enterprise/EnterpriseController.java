package io.forgewatch.command.enterprise;

import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterEnterprise;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterGateway;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.command.web.Checked;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.command.web.Identified;
import io.forgewatch.command.web.PathIds;
import io.forgewatch.event.enterprise.EnterpriseId;
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
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Registers enterprises and their gateways. */
@RestController
@Tag(name = "enterprises", description = "企业与边缘网关")
class EnterpriseController {

    private final CommandAnswers answers;
    private final SecretSeal seal;
    private final GatewaySecrets secrets;

    EnterpriseController(CommandAnswers answers, SecretSeal seal, GatewaySecrets secrets) {
        this.answers = answers;
        this.seal = seal;
        this.secrets = secrets;
    }

    /**
     * What a gateway is given, once.
     *
     * @param secret its HMAC key, 32 bytes in Base64
     */
    record NewGateway(String id, String secret) {}

    @PostMapping("/enterprises")
    @Operation(
            summary = "Register an enterprise",
            description = "By the ministry, or by an authority within its own region. 登记企业。")
    @ApiResponse(
            responseCode = "201",
            description = "Registered, or known with the same particulars",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001\"}")))
    @CommandErrors
    @Refusals({
        "credit-code-check-digit",
        "credit-code-malformed",
        "enterprise-exists",
        "industry-mismatch",
        "region-mismatch"
    })
    Mono<ResponseEntity<Map<String, Object>>> register(
            @RequestBody NewEnterprise request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        caller.mustBe(Role.MINISTRY, Role.PROVINCE);
        Checked checked = new Checked();
        String name = checked.text("name", request.name(), 100);
        checked.that(
                        EnterpriseId.FORM.isOne(request.id()),
                        "id",
                        "GT or LJ, six digits of the region, four of its own. 企业编码格式错误。")
                .that(request.region().matches("[0-9]{6}"), "region", "Six digits of GB/T 2260. 应为 6 位行政区划代码。")
                .orRefuse();
        EnterpriseId id = new EnterpriseId(request.id());
        if (!caller.jurisdiction().covers(id)) {
            throw Problem.forbidden();
        }
        return answers.created(
                new RegisterEnterprise(
                        id,
                        name,
                        request.region(),
                        request.industry(),
                        request.profile(),
                        request.creditCode(),
                        Boolean.TRUE.equals(request.creditCodeConfirmed()),
                        answers.now()),
                caller,
                key);
    }

    @PostMapping("/enterprises/{id}/gateways")
    @Operation(
            summary = "Give an enterprise one more edge gateway",
            description = "Tells the gateway's secret, this once; only its encrypted form is kept. 登记边缘网关。")
    @ApiResponse(
            responseCode = "201",
            description = "Registered",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = NewGateway.class),
                            examples =
                                    @ExampleObject(
                                            "{\"id\": \"GT3702110001-G1\", \"secret\": \"q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng=\"}")))
    @CommandErrors
    @Refusals("too-many-gateways")
    Mono<ResponseEntity<NewGateway>> registerGateway(
            @PathVariable String id,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        EnterpriseId enterprise = PathIds.enterprise(id, caller);
        caller.mustBe(Role.ENTERPRISE, Role.PROVINCE, Role.MINISTRY);
        String sealed = seal.seal(secrets.next());
        return answers.send(new RegisterGateway(enterprise, sealed, answers.now()), caller, key)
                .map(answer -> CommandAnswers.entity(HttpStatus.CREATED, answer, gateway(answer.body())));
    }

    private NewGateway gateway(Map<String, Object> answer) {
        byte[] secret = seal.unseal(String.valueOf(answer.get("sealedSecret")));
        return new NewGateway(
                String.valueOf(answer.get("id")), Base64.getEncoder().encodeToString(secret));
    }
}
