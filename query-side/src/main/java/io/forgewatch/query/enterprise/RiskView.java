package io.forgewatch.query.enterprise;

import io.forgewatch.event.risk.RiskEvent.AlarmContribution;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskOverride;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest assessment of an enterprise's risk, with its parts (dossier §4). */
@Schema(name = "Risk", description = "风险: index = min(100, factor × (equipment + management + data))")
public record RiskView(
        @Schema(
                description = "The rule that set the level, or null when the index did",
                types = {"string", "null"})
        @Nullable
        RiskOverride override,

        Contributions contributions,

        @Schema(description = "Version of the risk model", example = "1")
        String modelVersion,

        Instant assessedAt) {

    private static final String NOT_COMPUTED = "not computed yet 尚未计算";
    private static final String COMPUTED = "computed 已计算";

    /**
     * @param equipment D, 0 to 100
     * @param management M, 0 to 20
     * @param data Q, 0 to 15; null while it is not computed
     * @param dataStatus says whether Q is computed
     * @param factor k
     */
    @Schema(name = "RiskContributions")
    public record Contributions(
            double equipment,
            double management,
            @Schema(types = {"number", "null"}) @Nullable Double data,

            @Schema(description = "For people; data is null until it is computed", example = NOT_COMPUTED)
            String dataStatus,

            double factor,
            List<AlarmContribution> alarms) {}

    static RiskView of(RiskAssessed risk) {
        var parts = risk.contributions();
        return new RiskView(
                risk.override(),
                new Contributions(
                        parts.equipment(),
                        parts.management(),
                        parts.data(),
                        parts.data() == null ? NOT_COMPUTED : COMPUTED,
                        parts.factor(),
                        parts.alarms()),
                risk.modelVersion(),
                risk.at());
    }
}
