package io.forgewatch.query.enterprise;

import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.telemetry.GatewayPresence;
import io.forgewatch.query.telemetry.LiveReadings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An enterprise with what its risk is made of and who speaks for it. */
@Schema(name = "EnterpriseDetail", description = "企业详情")
public record EnterpriseDetail(
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
        long refusedReadings,

        RiskProfile profile,

        @Schema(
                description = "统一社会信用代码, or null where it is not known yet",
                types = {"string", "null"})
        @Nullable
        String creditCode,

        @Schema(description = "What the index is made of; null before the first assessment") @Nullable
        RiskView risk,

        List<GatewayPresence> gateways) {

    static EnterpriseDetail of(EnterpriseFold.Kept kept, LiveReadings live) {
        RiskAssessed risk = kept.risk();
        return new EnterpriseDetail(
                kept.id(),
                kept.name(),
                kept.region(),
                kept.industry(),
                kept.level(),
                risk == null ? 0 : risk.index(),
                live.online(kept.id()),
                live.refused(kept.id()),
                kept.profile(),
                kept.creditCode(),
                risk == null ? null : RiskView.of(risk),
                live.gateways(kept.id(), kept.gateways()));
    }
}
