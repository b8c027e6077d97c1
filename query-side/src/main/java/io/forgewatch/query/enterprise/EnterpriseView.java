package io.forgewatch.query.enterprise;

import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.telemetry.LiveReadings;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An enterprise 企业 as lists show it. */
@Schema(name = "Enterprise", description = "企业")
public record EnterpriseView(
        @Schema(example = "GT3702110001") String id,
        String name,

        @Schema(description = "Six digits of GB/T 2260", example = "370211")
        String region,

        Industry industry,

        @Schema(description = "BLUE before the first assessment")
        RiskLevel riskLevel,

        @Schema(description = "风险预警指数 0 to 100, higher is worse; 0 before the first assessment", example = "58.8")
        double riskIndex,

        @Schema(
                description = "false after 10 minutes without a live point; null when that is not known yet",
                types = {"boolean", "null"})
        @Nullable
        Boolean online,

        @Schema(description = "How many readings of its gateways were not taken, ever", example = "0")
        long refusedReadings) {

    static EnterpriseView of(EnterpriseFold.Kept kept, LiveReadings live) {
        return new EnterpriseView(
                kept.id(),
                kept.name(),
                kept.region(),
                kept.industry(),
                kept.level(),
                kept.risk() == null ? 0 : kept.risk().index(),
                live.online(kept.id()),
                live.refused(kept.id()));
    }
}
