package io.forgewatch.command.audit;

import io.forgewatch.web.Refusals;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How something was at any moment. */
@RestController
@Tag(name = "audit", description = "审计")
class HistoryController {

    private static final String AT = "at";
    private static final String POSITION = "position";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final EventArchive archive;
    private final EventFeed feed;
    private final Strands strands;
    private final Clock clock;

    HistoryController(EventArchive archive, EventFeed feed, ObjectProvider<Decider<?, ?>> deciders, Clock clock) {
        this.archive = archive;
        this.feed = feed;
        this.strands = new Strands(deciders.orderedStream().toList());
        this.clock = clock;
    }

    @GetMapping("/audit/subjects/{type}/{id}/history")
    @Operation(
            summary = "What a subject was like at a moment, who changed what, and what it is like now",
            description =
                    "By at (an instant) or position (a whole number), or as it is now. The state is the one from which the"
                            + " subject's decisions follow, computed by the same code from the same events; changes are those that"
                            + " led to it, newest first, limit and cursor page through them. Same readers and types as the"
                            + " subject's events. 历史状态与变更。")
    @ApiResponse(responseCode = "200", description = "Then, now, and what led to it")
    @Refusals(value = {}, forbids = false)
    Mono<History> history(
            @Parameter(example = "warning") @PathVariable String type,
            @Parameter(example = "GT3702110001-W1") @PathVariable String id,
            @Parameter(hidden = true) @Filters({AT, POSITION}) ListParameters list,
            @Parameter(hidden = true) Caller caller) {
        Subject subject = AuditSubjects.inPath(type, id);
        caller.mustSee(EnterpriseId.of(id));
        List<Strand<?>> known = strands.of(subject);
        if (known.isEmpty()) {
            throw new Problem(404, "not-found", "Nothing of this type is kept here yet. 系统尚未管理此类对象。");
        }
        Optional<Instant> at = list.instant(AT);
        Optional<Long> position = list.text(POSITION).map(given -> Positions.of(POSITION, given));
        if (at.isPresent() && position.isPresent()) {
            throw Problem.invalidParameter(POSITION, "Either at or position. at 与 position 只能给出一个。");
        }
        if (at.filter(clock.instant()::isBefore).isPresent()) {
            throw Problem.invalidParameter(AT, "It is not yet known how that will be. 不能晚于当前时间。");
        }
        long before = list.cursor().map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        return reached(position)
                .then(Mono.defer(() ->
                        told(subject, new Retelling(subject, known, past(at, position), before, list.limit()), known)));
    }

    private Mono<Long> reached(Optional<Long> position) {
        return feed.head()
                .doOnNext(head -> position.filter(asked -> asked > head).ifPresent(asked -> {
                    throw Problem.invalidParameter(
                            POSITION, "The last position is " + head + ". 当前最后位置为 " + head + "。");
                }));
    }

    private Mono<History> told(Subject subject, Retelling retelling, List<Strand<?>> known) {
        Selection selection =
                known.stream().map(Strand::selection).reduce(Selection::or).orElseThrow();
        return archive.selected(selection)
                .publishOn(Schedulers.parallel())
                .reduce(retelling, (sofar, traced) -> sofar.after(traced.recorded()))
                .timeout(LONGEST)
                .map(done -> answer(subject, done));
    }

    private static History answer(Subject subject, Retelling retelling) {
        RecordedEvent first = retelling.first();
        if (first == null) {
            throw Problem.notFound();
        }
        History history = retelling.history(EnterpriseId.of(subject.id()).value());
        if (history == null) {
            throw new Problem(
                    404,
                    "not-found",
                    "It did not exist then: it begins at position " + first.position() + ", " + first.at()
                            + ". 当时尚不存在，首个事件位置 " + first.position() + "。");
        }
        return history;
    }

    /** A moment ends before the first event that was recorded after it: what followed had that one before it. */
    private static Predicate<RecordedEvent> past(Optional<Instant> at, Optional<Long> position) {
        return recorded -> at.map(moment -> !recorded.at().isAfter(moment)).orElse(true)
                && position.map(last -> recorded.position() <= last).orElse(true);
    }
}
