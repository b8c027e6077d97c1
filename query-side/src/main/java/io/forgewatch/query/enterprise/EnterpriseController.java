package io.forgewatch.query.enterprise;

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
@Tag(name = "enterprises", description = "Enterprises 企业")
class EnterpriseController {

    private final EnterpriseQueries queries;

    EnterpriseController(EnterpriseQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/enterprises")
    @Operation(summary = "Enterprises within your jurisdiction, newest first 企业列表")
    @ReadErrors
    Mono<Page<EnterpriseView>> listEnterprises(
            Caller caller,
            @Filters({"enterpriseId", "region", "level", "industry", "from", "to"}) ListParameters list) {
        return queries.page(caller, list);
    }

    @GetMapping("/enterprises/{id}")
    @Operation(summary = "One enterprise, with what its risk is made of 企业详情")
    @ReadErrors
    Mono<EnterpriseDetail> getEnterprise(Caller caller, @Parameter(example = "GT3702110001") @PathVariable String id) {
        return queries.one(caller, id);
    }
}
