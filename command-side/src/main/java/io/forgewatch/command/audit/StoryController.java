package io.forgewatch.command.audit;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.web.LookingBack;
import io.forgewatch.command.web.PathIds;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What was known when: where an accident inquiry begins. */
@RestController
@Tag(name = "audit", description = "Looking back 审计")
class StoryController {

    private final StorySources sources;
    private final LookingBack looking;
    private final Clock clock;

    StoryController(EventArchive archive, LookingBack looking, Clock clock) {
        this.sources = new StorySources(archive);
        this.looking = looking;
        this.clock = clock;
    }

    @GetMapping("/audit/warnings/{id}/story")
    @Operation(
            summary = "What was known when: a warning from the first reading to its closing",
            description =
                    "Step by step in order of time: the limits in force and the event that set them, the readings that broke"
                            + " them, alarms, each assessment of risk with its contributions, the warning as it was issued and"
                            + " every change of it, escalations, signatures, answers and decisions, with the delays between"
                            + " them; at the top how long each part took, against the deadlines. Same readers as the warning's events. 预警全过程回放。")
    @ApiResponse(responseCode = "200", description = "The story so far")
    @Refusals(
            value = {"too-many-requests"},
            forbids = false)
    Mono<Story> getWarningStory(
            @Parameter(example = "GT3702110001-W1") @PathVariable String id, @Parameter(hidden = true) Caller caller) {
        WarningId warning = PathIds.warning(id, caller);
        Mono<Story> story = sources.of(warning)
                .publishOn(Schedulers.parallel())
                .flatMap(material ->
                        Mono.justOrEmpty(WarningStory.of(id, material.traced(), material.complete(), clock.instant())));
        return looking.whole(caller, story).switchIfEmpty(Mono.error(Problem::notFound));
    }
}
