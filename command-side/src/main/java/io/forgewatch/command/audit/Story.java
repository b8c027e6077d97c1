package io.forgewatch.command.audit;

import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.WarningStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was known when, from the readings that broke a limit to the closing of the warning.
 *
 * @param onset when the first limit was broken; null when no alarm's story is known
 * @param complete false when there is more than a story takes; the rest is in the export of the enterprise's events
 * @param phases how long each part took, in order
 * @param steps in order of time
 */
@Schema(name = "WarningStory")
record Story(
        @Schema(example = "GT3702110001-W1") String warningId,
        @Schema(example = "GT3702110001") String enterpriseId,
        WarningStatus status,
        @Nullable Instant onset,
        boolean complete,
        List<Phase> phases,
        List<Step> steps) {

    Story {
        phases = List.copyOf(phases);
        steps = List.copyOf(steps);
    }

    /** Which part of the story. */
    @Schema(name = "WarningStoryPhaseName")
    enum PhaseName {
        BREACH_TO_ALARM,
        ALARM_TO_RISK,
        RISK_TO_WARNING,
        WARNING_TO_SIGNATURE,
        WARNING_TO_FEEDBACK,
        /** To the answer after which nothing more was asked of the enterprise 处置完成. */
        WARNING_TO_RESOLUTION,
        WARNING_TO_CLOSING
    }

    /**
     * A part of the story.
     *
     * @param demand number of the demand whose deadline it has; null where it has none
     * @param until null while it lasts
     * @param millis how long it took; null while it lasts
     * @param deadline by when it should have ended, as was in force when it ended, or now; null where there is none
     * @param met whether it ended by then; null where there is no deadline, or as long as it may still be met
     */
    @Schema(name = "WarningStoryPhase")
    record Phase(
            PhaseName name,

            @Schema(
                    types = {"integer", "null"},
                    description = "Number of the demand whose deadline it has, from 1; null where it has none",
                    example = "1")
            @Nullable
            Integer demand,

            Instant from,
            @Nullable Instant until,
            @Nullable Long millis,
            @Nullable Instant deadline,
            @Nullable Boolean met) {}

    /**
     * A step.
     *
     * @param at when it was recorded; for readings when the first was taken
     * @param position of the event; null for readings, which are not events
     * @param actor {@code kind/id} of who caused it; null for readings
     * @param sincePreviousMillis since the step before; null for the first
     * @param sinceOnsetMillis since a limit was first broken; null for what was before
     * @param cause the position of the event on which an automation acted that asked for it, or null
     * @param sinceCauseMillis since that event, or null
     * @param details the event's own fields, or the readings
     */
    @Schema(name = "WarningStoryStep")
    record Step(
            Instant at,
            @Schema(example = "4711") @Nullable Long position,
            StepKind kind,
            @Schema(example = "account/zhao") @Nullable String actor,
            BilingualText text,
            @Nullable Long sincePreviousMillis,
            @Nullable Long sinceOnsetMillis,
            @Nullable Long cause,
            @Nullable Long sinceCauseMillis,
            @Schema(types = {"object"}) JsonNode details) {}
}
