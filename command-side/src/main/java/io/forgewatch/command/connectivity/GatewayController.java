package io.forgewatch.command.connectivity;

import io.forgewatch.command.connectivity.GatewaySettingsCommand.ChangeGatewaySettings;
import io.forgewatch.command.web.Checked;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.command.web.Identified;
import io.forgewatch.command.web.PathIds;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.telemetry.CodeValue;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Settings of gateways. */
@RestController
@Tag(name = "gateways", description = "Edge gateways 边缘网关")
class GatewayController {

    private static final int MOST_CODES = 20;
    private static final int MOST_EXCEPTIONS = 200;

    private final CommandAnswers answers;
    private final Catalogue catalogue = Catalogue.standard();

    GatewayController(CommandAnswers answers) {
        this.answers = answers;
    }

    @PutMapping("/gateways/{id}/settings")
    @Operation(
            summary = "Say which readings of a gateway are codes 设置网关代码值",
            description =
                    "By the enterprise. A code is a status (quality 8), never a value: it must lie outside the range and all"
                            + " limits of every point of the works, but for the indicators excepted. Until this is said 7777"
                            + " (channel spare) and 9988 (fault) are codes, where they can be no value.")
    @ApiResponse(
            responseCode = "200",
            description = "Set, or set so already",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001-G1\"}")))
    @CommandErrors
    @Refusals({"code-is-a-value"})
    Mono<ResponseEntity<Map<String, Object>>> setGatewaySettings(
            @PathVariable String id,
            @RequestBody NewGatewaySettings request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        GatewayId gateway = PathIds.gateway(id, caller);
        caller.mustBe(Role.ENTERPRISE);
        GatewayCodes codes = codes(
                request.codeValues(), request.exceptIndicators() == null ? List.of() : request.exceptIndicators());
        return answers.done(new ChangeGatewaySettings(gateway, codes, caller.username(), answers.now()), caller, key);
    }

    private GatewayCodes codes(List<CodeValue> codes, List<@Nullable String> except) {
        Checked checked = new Checked();
        checked.that(codes.size() <= MOST_CODES, "codeValues", "At most " + MOST_CODES + ". 最多 20 个。")
                .that(
                        except.size() <= MOST_EXCEPTIONS,
                        "exceptIndicators",
                        "At most " + MOST_EXCEPTIONS + ". 最多 200 个。")
                .orRefuse();
        Set<Double> numbers = new HashSet<>();
        for (int i = 0; i < codes.size(); i++) {
            // -0.0 and 0 are one number.
            checked.that(
                    numbers.add(codes.get(i).value() + 0.0), "codeValues/" + i + "/value", "It is there twice. 重复。");
        }
        Set<String> indicators = new HashSet<>();
        for (int i = 0; i < except.size(); i++) {
            String field = "exceptIndicators/" + i;
            String indicator = except.get(i);
            if (indicator == null || catalogue.indicator(indicator).isEmpty()) {
                checked.that(false, field, "The catalogue has no such indicator. 目录中没有该指标。");
            } else {
                checked.that(indicators.add(indicator), field, "It is there twice. 重复。");
            }
        }
        checked.orRefuse();
        return new GatewayCodes(codes, List.copyOf(indicators));
    }
}
