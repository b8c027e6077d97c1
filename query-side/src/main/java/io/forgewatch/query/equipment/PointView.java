package io.forgewatch.query.equipment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.query.telemetry.LivePoint;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A monitored quantity 监测点 with its latest reading; value, quality and at are null before the first. */
@Schema(name = "Point", description = "监测点")
public record PointView(
        @Schema(example = "BF_CW_P") String indicator,
        @Schema(example = "MPa") String unit,
        LimitsView limits,

        @Schema(
                description = "In the unit",
                types = {"number", "null"},
                example = "0.42")
        @Nullable
        Double value,

        @Schema(
                description = "0 good 1 missing 2 out of range 3 frozen 4 jump 5 clock skew 6 duplicate 7 late 8 sensor"
                        + " fault or code value",
                types = {"integer", "null"},
                example = "0")
        @Nullable
        Integer quality,

        @Schema(
                description = "When it was measured",
                types = {"string", "null"})
        @Nullable
        Instant at,

        Severity severity,

        @Schema(
                description = "false after max(5 × cycle, 60 s) without a sample; null when that is not known yet",
                types = {"boolean", "null"})
        @Nullable
        Boolean connected,

        @Schema(
                description = "Where the limits come from: S read, K recalled and not checked, P proposed by this"
                        + " project, E set by the enterprise",
                allowableValues = {"S", "K", "P", "E"},
                example = "P")
        String basis,

        @Schema(
                description = "The range of its transmitter, in the unit; null where it is not known",
                types = {"object", "null"})
        @Nullable
        RangeView range,

        @Schema(description = "Whether people read it, for want of a sensor")
        boolean manual) {

    /** From its lower to its upper end. */
    @Schema(name = "Range")
    public record RangeView(double low, double high) {

        static @Nullable RangeView of(@Nullable Range range) {
            return range == null ? null : new RangeView(range.low(), range.high());
        }
    }

    /** Null where a point has no such limit. */
    @Schema(name = "Limits")
    public record LimitsView(
            @JsonProperty("LL") @Schema(types = {"number", "null"}) @Nullable
            Double lowLow,

            @JsonProperty("L") @Schema(types = {"number", "null"}) @Nullable
            Double low,

            @JsonProperty("H") @Schema(types = {"number", "null"}) @Nullable
            Double high,

            @JsonProperty("HH") @Schema(types = {"number", "null"}) @Nullable
            Double highHigh) {}

    static PointView of(MonitoringPoint point, @Nullable LivePoint live) {
        var limits = point.limits();
        return new PointView(
                point.indicator(),
                point.unit(),
                new LimitsView(limits.ll(), limits.l(), limits.h(), limits.hh()),
                live == null ? null : live.value(),
                live == null ? null : live.quality(),
                live == null ? null : Instant.ofEpochMilli(live.at()),
                point.severity(),
                live == null ? null : live.live(),
                point.basis(),
                RangeView.of(point.range()),
                point.manual());
    }
}
