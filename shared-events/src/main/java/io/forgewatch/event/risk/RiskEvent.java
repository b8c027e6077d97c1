package io.forgewatch.event.risk;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to an enterprise's risk 风险 (dossier §4). */
public sealed interface RiskEvent extends DomainEvent {

    @Override
    String enterpriseId();

    @Override
    default Subject subject() {
        return new Subject(SubjectType.RISK, enterpriseId());
    }

    /** What one open alarm adds: {@code score} = base × duration × repetition, before weights. */
    record AlarmContribution(String alarmId, String deviceId, double score) {}

    /**
     * The parts of an index, each as the model sums it.
     *
     * @param equipment D, 0 to 100
     * @param management M, 0 to 20
     * @param data Q, 0 to 15, or null where it is not computed yet
     */
    record Contributions(
            double equipment, double management, @Nullable Double data, double factor, List<AlarmContribution> alarms) {

        public Contributions {
            alarms = List.copyOf(alarms);
        }
    }

    /** A rule that holds on an alarm. */
    record Held(RiskOverride rule, String alarmId) {}

    /**
     * The index or the level of an enterprise changed.
     *
     * @param index 风险预警指数 0 to 100 with two decimals, higher is worse
     * @param previousLevel the level before; the same as {@code level} when only the index moved
     * @param override the rule that set the level, or null when the index did
     * @param rules those above yellow that hold, the gravest first, at most 50, whether they set the level or the
     *     index says as much already; none in what was stored as version 1
     * @param at the moment for which it was computed
     */
    @EventName(value = "RiskAssessed", version = 2)
    record RiskAssessed(
            String enterpriseId,
            double index,
            RiskLevel level,
            RiskLevel previousLevel,
            @Nullable RiskOverride override,
            List<Held> rules,
            Contributions contributions,
            String modelVersion,
            Instant at)
            implements RiskEvent {

        public RiskAssessed {
            rules = List.copyOf(rules);
        }
    }
}
