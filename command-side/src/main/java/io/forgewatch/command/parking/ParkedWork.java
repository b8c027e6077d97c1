package io.forgewatch.command.parking;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that is left alone.
 *
 * @param worker an automation's name, {@code signals} or {@code due-dates}
 * @param subject what of it: a point and a direction, a due date's key, what an automation decides on
 * @param enterpriseId whose; null where it is nobody's alone
 * @param cause FAILING: it failed as often as it is tried at once; BEHIND: more came than can wait
 * @param waiting how much of it: 1, and of signals how many are kept of that point
 * @param since when it was parked
 * @param attempts how often it was tried since, the first time included
 * @param nextTryAt when it is tried next
 * @param reason what it failed with; for the ministry only
 */
@Schema(name = "ParkedWork", description = "暂停处理的工作")
record ParkedWork(
        UUID id,

        @Schema(
                description = "An automation's name, signals (alarms from readings) or due-dates (deadlines)",
                example = "WhenAlarmChangesThenAssessRisk")
        String worker,

        @Schema(
                description = "What of it: a point and a direction, a due date's key, or what an automation decides on",
                example = "decision risk/GT3702110001 within=GT3702110001")
        String subject,

        @Nullable @Schema(description = "Whose; null where it is nobody's alone", example = "GT3702110001")
        String enterpriseId,

        @Schema(description = "FAILING: it failed as often as it is tried; BEHIND: more came than can wait")
        Cause cause,

        @Schema(description = "How much of it waits", example = "1")
        long waiting,

        @Schema(example = "2026-11-29T02:00:00Z") Instant since,

        @Schema(description = "How often it was tried, the first time included", example = "3")
        int attempts,

        @Schema(description = "It is tried every half minute", example = "2026-11-29T02:01:30Z")
        Instant nextTryAt,

        @Nullable
        @Schema(
                description = "What it failed with; for the ministry only, else null",
                example = "java.lang.IllegalStateException: no such profile")
        String reason) {

    /** Why something is parked. */
    @Schema(name = "ParkedWorkCause")
    enum Cause {
        FAILING,
        BEHIND
    }

    ParkedWork withoutReason() {
        return new ParkedWork(id, worker, subject, enterpriseId, cause, waiting, since, attempts, nextTryAt, null);
    }
}
