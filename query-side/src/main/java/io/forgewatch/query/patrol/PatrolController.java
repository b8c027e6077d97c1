package io.forgewatch.query.patrol;

import io.forgewatch.query.web.ReadErrors;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "patrol", description = "Everything at a glance 一屏")
class PatrolController {

    private final OverviewQueries queries;

    PatrolController(OverviewQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/patrol/overview")
    @Operation(
            summary = "How your jurisdiction stands now, or a part of it 一屏",
            description =
                    "With region or enterpriseId, the part of your jurisdiction that they name; 404 outside of it.")
    @ReadErrors
    @Refusals(value = "not-found", forbids = false)
    Mono<OverviewView> getOverview(
            Caller caller,
            @Filters(
                            value = {"region", "enterpriseId"},
                            paged = false)
                    ListParameters scope) {
        return queries.of(caller, scope);
    }
}
