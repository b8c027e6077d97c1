package io.forgewatch.query.warning;

import io.forgewatch.event.warning.WarningStatus;
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
@Tag(name = "warnings", description = "Warnings 预警")
class WarningController {

    private final WarningQueries queries;

    WarningController(WarningQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/warnings")
    @Operation(summary = "Warnings within your jurisdiction, newest first 预警列表")
    @ReadErrors
    Mono<Page<WarningView>> listWarnings(
            Caller caller,
            @Filters(
                            value = {"enterpriseId", "region", "status", "level", "from", "to"},
                            described =
                                    @Filters.Filter(name = "status", values = WarningStatus.class, example = "SIGNED"))
                    ListParameters list) {
        return queries.page(caller, list);
    }

    @GetMapping("/warnings/{id}")
    @Operation(summary = "One warning 预警详情", description = "With its newest 200 segments, the oldest of them first.")
    @ReadErrors
    Mono<WarningView> getWarning(Caller caller, @Parameter(example = "GT3702110001-W1") @PathVariable String id) {
        return queries.one(caller, id);
    }

    @GetMapping("/warnings/{id}/segments")
    @Operation(
            summary = "All segments of a warning, newest first 预警分段",
            description = "What was told, one after the other; the warning itself shows the newest of them.")
    @ReadErrors
    Mono<Page<Segment>> listWarningSegments(
            Caller caller,
            @Parameter(example = "GT3702110001-W1") @PathVariable String id,
            @Filters({"from", "to"}) ListParameters list) {
        return queries.segments(caller, id, list);
    }
}
