package io.forgewatch.query.warning;

import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a warning: its issue, a further alarm or a change of level.
 *
 * @param from when this part began
 * @param alarms ids of the new ones, worst first; at most {@value #MOST_NAMED}
 * @param alarmCount how many are new
 * @param openCount how many were open then
 * @param demand number of the demand that it makes; null where it only tells, and in what was stored before demands had numbers
 */
@Schema(name = "Segment")
public record Segment(
        RiskLevel level,
        Instant from,
        List<String> alarms,
        int alarmCount,
        int openCount,

        @Schema(
                types = {"integer", "null"},
                example = "2")
        @Nullable
        Integer demand) {

    static final int MOST_NAMED = 50;

    /** Documents of before have all alarms that were open, and no counts. */
    public Segment {
        alarmCount = Math.max(alarmCount, alarms.size());
        openCount = Math.max(openCount, alarms.size());
        alarms = alarms.stream().limit(MOST_NAMED).toList();
    }

    static Segment of(WarningIssued issued) {
        return new Segment(
                issued.level(),
                issued.at(),
                issued.alarms(),
                issued.alarmCount(),
                issued.openCount(),
                issued.demand().number());
    }

    static Segment of(WarningSegmentAdded added) {
        Demand demand = added.demand();
        return new Segment(
                added.level(),
                added.at(),
                added.alarms(),
                added.alarmCount(),
                added.openCount(),
                demand == null || demand.number() == Demand.UNNUMBERED ? null : demand.number());
    }
}
