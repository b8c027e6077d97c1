package io.forgewatch.query.connectivity;

import io.forgewatch.query.telemetry.GatewayState;
import io.forgewatch.query.web.ReadErrors;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "gateways", description = "Edge gateways 边缘网关")
class GatewayController {

    private final GatewayQueries queries;

    GatewayController(GatewayQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/gateways")
    @Operation(summary = "Edge gateways within your jurisdiction, newest first 网关列表")
    @ReadErrors
    Mono<Page<GatewayView>> listGateways(
            Caller caller,
            @Filters(
                            value = {"enterpriseId", "region", "state", "from", "to"},
                            described =
                                    @Filters.Filter(name = "state", values = GatewayState.class, example = "ONLINE"))
                    ListParameters list) {
        return queries.page(caller, list);
    }

    @GetMapping("/gateways/{id}")
    @Operation(summary = "One edge gateway 网关详情")
    @ReadErrors
    Mono<GatewayView> getGateway(Caller caller, @Parameter(example = "GT3702110001-G1") @PathVariable String id) {
        return queries.one(caller, id);
    }
}
