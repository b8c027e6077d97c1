package io.forgewatch.command.audit;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.command.web.LookingBack;
import io.forgewatch.event.Subject;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How something was at any moment. */
@RestController
@Tag(name = "audit", description = "Looking back 审计")
class HistoryController {

    private static final String AT = "at";
    private static final String POSITION = "position";
    private static final Sought EVERYTHING = new Sought(new Jurisdiction.Nation(), null, null, Set.of(), null, null);

    private final Histories histories;
    private final LookingBack looking;
    private final EventArchive archive;
    private final Strands strands;
    private final Clock clock;

    HistoryController(EventArchive archive, LookingBack looking, ObjectProvider<Decider<?, ?>> deciders, Clock clock) {
        this.histories = new Histories(archive);
        this.looking = looking;
        this.archive = archive;
        this.strands = new Strands(deciders.orderedStream().toList());
        this.clock = clock;
    }

    @GetMapping("/audit/subjects/{type}/{id}/history")
    @Operation(
            summary = "What a subject was like at a moment, who changed what, and what it is like now",
            description =
                    "By at (an instant) or position (a whole number), or as it is now. The state is the one from which the"
                            + " subject's decisions follow, computed by the same code from the same events; changes are those that"
                            + " led to it, newest first, limit and cursor page through them; a page of a long story may have fewer,"
                            + " even none, with a next that goes on. Same readers and types as the"
                            + " subject's events. 历史状态与变更。")
    @ApiResponse(responseCode = "200", description = "Then, now, and what led to it")
    @Refusals(
            value = {"too-many-requests", "view-building"},
            forbids = false)
    Mono<History> getSubjectHistory(
            @Parameter(
                            description = "What it is 对象类型",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "enterprise",
                                                "device",
                                                "gateway",
                                                "rope",
                                                "alarm",
                                                "risk",
                                                "warning"
                                            }),
                            example = "warning")
                    @PathVariable
                    String type,
            @Parameter(description = "Its id 对象编号", example = "GT3702110001-W1") @PathVariable String id,
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
        Moment moment = new Moment(at.orElse(null), position.orElse(null));
        return looking.whole(
                caller, reached(position).then(Mono.defer(() -> histories.of(subject, known, moment, list))));
    }

    private Mono<Void> reached(Optional<Long> position) {
        return Mono.justOrEmpty(position)
                .flatMap(asked -> archive.span(EVERYTHING).map(Span::upTo).doOnNext(head -> {
                    if (asked > head) {
                        throw Problem.invalidParameter(
                                POSITION, "The last position is " + head + ". 当前最后位置为 " + head + "。");
                    }
                }))
                .then();
    }
}
