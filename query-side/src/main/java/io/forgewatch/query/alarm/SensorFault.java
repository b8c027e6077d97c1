package io.forgewatch.query.alarm;

import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** 传感器故障申报: what the works says of a dead sensor, and what the authority decided. */
@Schema(
        name = "SensorFault",
        description = "传感器故障申报: the works' newest claim that the sensor is dead, and what the authority decided on it")
public record SensorFault(
        @Schema(description = "What shows it", example = "输出恒为 0")
        String evidence,

        @Schema(description = "How what it measured is watched meanwhile", example = "人工抄表, 每 30 min")
        String substitute,

        @Schema(description = "By when the sensor is mended, at most 30 days on")
        Instant until,

        @Schema(example = "jinan-works") String by,
        Instant at,

        @Schema(description = "CLAIMED waits for the authority 待审批")
        State state,

        @Schema(
                description = "Who decided, or null",
                types = {"string", "null"})
        @Nullable
        String decidedBy,

        @Schema(
                description = "When it was decided, or null",
                types = {"string", "null"})
        @Nullable
        Instant decidedAt,

        @Schema(
                description = "Why the claim was not accepted, or null",
                types = {"string", "null"})
        @Nullable
        String reason) {

    /** How the claim stands. */
    @Schema(name = "SensorFaultState", description = "CLAIMED 待审批, ACCEPTED 已同意, REJECTED 已退回")
    public enum State {
        CLAIMED,
        ACCEPTED,
        REJECTED
    }

    static SensorFault of(SensorFaultClaimed claim) {
        return new SensorFault(
                claim.evidence(),
                claim.substitute(),
                claim.until(),
                claim.by(),
                claim.at(),
                State.CLAIMED,
                null,
                null,
                null);
    }

    SensorFault decided(State how, String who, Instant when, @Nullable String why) {
        return new SensorFault(evidence, substitute, until, by, at, how, who, when, why);
    }
}
