package io.forgewatch.query.alarm;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An alarm 报警 as people read it. */
@Schema(
        name = "Alarm",
        description = "报警: one point beyond a limit in one direction, from its onset until it is cleared")
public record AlarmView(
        @Schema(
                example = "GT3702110001010001.BF_CW_P.LOW.1732440000100",
                description = "device.indicator.direction.onset")
        String id,

        @Schema(example = "GT3702110001") String enterpriseId,
        @Schema(example = "GT3702110001010001") String deviceId,
        @Schema(example = "BF_CW_P") String indicator,
        Direction direction,

        @Schema(description = "The highest limit it stands at; L that became LL is one alarm with LL")
        Limit limit,

        Severity severity,
        AlarmStatus status,

        @Schema(description = "The value that broke the limit, in the unit", example = "0.18")
        double value,

        @Schema(example = "MPa") String unit,
        Instant raisedAt,

        @Schema(
                description = "When the value came back; null while it is beyond the limit",
                types = {"string", "null"})
        @Nullable
        Instant returnedAt,

        @Schema(types = {"string", "null"}) @Nullable Instant clearedAt,

        @Schema(
                description = "The alarm of the same point that cleared by itself less than 5 minutes before, or null",
                types = {"string", "null"})
        @Nullable
        String continues,

        @Schema(
                description = "Until when it is put aside 搁置, or null",
                types = {"string", "null"})
        @Nullable
        Instant shelvedUntil,

        @Schema(description = "Kept but not counted, because of announced work or a shutdown")
        boolean suppressed,

        @Schema(description = "误报: shown to be no alarm, with evidence")
        boolean falseAlarm) {}
