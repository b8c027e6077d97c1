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
 * @param alarmCount how many are new; null in documents of before, which name what was open
 * @param openCount how many were open then; null likewise
 * @param demand number of the demand that it makes; null where it only tells, and in what was stored before demands had numbers
 */
@Schema(name = "Segment")
public record Segment(
        RiskLevel level,
        Instant from,
        List<String> alarms,

        @Schema(
                types = {"integer", "null"},
                example = "1")
        @Nullable
        Integer alarmCount,

        @Schema(
                types = {"integer", "null"},
                example = "3")
        @Nullable
        Integer openCount,

        @Schema(
                types = {"integer", "null"},
                example = "2")
        @Nullable
        Integer demand) {

    static final int MOST_NAMED = 50;

    public Segment {
        alarms = alarms.stream().limit(MOST_NAMED).toList();
    }

    static Segment of(WarningIssued issued) {
        return new Segment(
                issued.level(),
                issued.at(),
                issued.alarms(),
                issued.alarmCount(),
                issued.openCount(),
                issued.demand().number() == Demand.UNNUMBERED
                        ? 1
                        : issued.demand().number());
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
