package io.forgewatch.query.warning;

import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.WarningStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A warning 预警 as people read it. An enterprise has at most one that is open. */
@Schema(name = "Warning", description = "预警: an enterprise's risk is at a level at which people must act")
public record WarningView(
        @Schema(example = "GT3702110001-W7") String id,
        @Schema(example = "GT3702110001") String enterpriseId,
        RiskLevel level,
        WarningStatus status,

        @Schema(description = "风险预警指数 0 to 100, higher is worse", example = "58.8")
        double riskIndex,

        BilingualText message,
        Instant issuedAt,
        @Schema(types = {"string", "null"}) @Nullable Instant closedAt,

        @Schema(description = "Until when it must be signed, first answered and dealt with")
        Deadlines deadlines,

        @Schema(description = "Oldest first: the issue, then each further alarm or change of level")
        List<Segment> segments) {

    public WarningView {
        segments = List.copyOf(segments);
    }

    /**
     * @param from when this part began
     * @param alarms ids of the alarms that were open then
     */
    public record Segment(RiskLevel level, Instant from, List<String> alarms) {

        public Segment {
            alarms = List.copyOf(alarms);
        }
    }
}
