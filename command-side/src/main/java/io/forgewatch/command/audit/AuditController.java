package io.forgewatch.command.audit;

import io.forgewatch.web.Refusals;
import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.event.Subject;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The whole story of one thing, as it was recorded. */
@RestController
@Tag(name = "audit", description = "审计")
class AuditController {

    private final EventArchive archive;

    AuditController(EventArchive archive) {
        this.archive = archive;
    }

    @GetMapping("/audit/subjects/{type}/{id}/events")
    @Operation(
            summary = "The events of one subject, newest first",
            description =
                    "By auditors and the ministry; authorities and enterprises within their jurisdiction. Types: enterprise,"
                            + " device, gateway, rope, alarm, risk, warning. 审计事件。")
    @ApiResponse(responseCode = "200", description = "A page of events")
    @Refusals(value = {}, forbids = false)
    Mono<Page<AuditItem>> events(
            @Parameter(example = "warning") @PathVariable String type,
            @Parameter(example = "GT3702110001-W1") @PathVariable String id,
            @Parameter(hidden = true) @Filters({"at", "position"}) ListParameters list,
            @Parameter(hidden = true) Caller caller) {
        Subject subject = AuditSubjects.inPath(type, id);
        caller.mustSee(EnterpriseId.of(id));
        long before = Math.min(
                list.cursor().map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE),
                list.text("position").map(AuditController::after).orElse(Long.MAX_VALUE));
        Instant until = list.instant("at").orElse(Instant.MAX);
        return newestFirst(subject, before, until, list.limit() + 1)
                .map(found -> Page.of(found, list.limit(), item -> Cursor.of(Long.toString(item.position()))));
    }

    /** A subject's own story is short enough to be read from its beginning; only the end of it is kept. */
    private Mono<List<AuditItem>> newestFirst(Subject subject, long before, Instant until, int most) {
        return archive.about(subject, 0, Integer.MAX_VALUE)
                .switchIfEmpty(Mono.error(Problem::notFound))
                .takeWhile(traced -> traced.position() < before)
                .filter(traced -> !traced.recorded().at().isAfter(until))
                .takeLast(most)
                .collectList()
                .map(List::reversed)
                .map(found -> found.stream().map(AuditItem::of).toList());
    }

    /** Events up to a position, that one included. */
    private static long after(String position) {
        try {
            return Math.addExact(Long.parseLong(position), 1);
        } catch (NumberFormatException | ArithmeticException notOne) {
            throw Problem.invalidParameter("position", "A whole number. 应为整数。");
        }
    }
}
