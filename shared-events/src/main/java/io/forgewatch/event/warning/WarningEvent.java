package io.forgewatch.event.warning;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.risk.RiskLevel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a warning 预警 (dossier §5): UNSIGNED, SIGNED, HANDLING, ANSWERED, TO_VERIFY, CLOSED. */
public sealed interface WarningEvent extends DomainEvent {

    String warningId();

    @Override
    default String enterpriseId() {
        return EnterpriseId.of(warningId()).value();
    }

    @Override
    default Subject subject() {
        return new Subject(SubjectType.WARNING, warningId());
    }

    /**
     * An issue is a segment too, and the first demand.
     *
     * @param alarms ids of the alarms that led to it, worst first; at most 50 are named (all in what was stored as version 1)
     * @param alarmCount how many led to it
     * @param openCount how many alarms were open
     * @param gathersUntil what follows until then is told together, unless the level rises
     * @param at the moment of issue, from which its deadlines count
     */
    @EventName(value = "WarningIssued", version = 2)
    record WarningIssued(
            String warningId,
            RiskLevel level,
            double riskIndex,
            BilingualText message,
            List<String> alarms,
            int alarmCount,
            int openCount,
            Demand demand,
            Instant gathersUntil,
            Instant at)
            implements WarningEvent {

        public WarningIssued {
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * A further alarm, or a change of level, adds a segment to the same warning. It tells what is new, never every open alarm
     * again (dossier §5 "Floods").
     *
     * @param alarms ids of the new ones, worst first; at most 50 are named (all that were open in what was stored as version 1)
     * @param alarmCount how many are new
     * @param openCount how many are open
     * @param demand what it demands, null where it only tells
     * @param demandsAt when what it tells makes a demand, where one was made less than ten minutes before; else null
     * @param gathersUntil what follows until then is told together, unless the level rises
     */
    @EventName(value = "WarningSegmentAdded", version = 2)
    record WarningSegmentAdded(
            String warningId,
            RiskLevel level,
            double riskIndex,
            BilingualText message,
            List<String> alarms,
            int alarmCount,
            int openCount,
            @Nullable Demand demand,
            @Nullable Instant demandsAt,
            Instant gathersUntil,
            Instant at)
            implements WarningEvent {

        public WarningSegmentAdded {
            alarms = List.copyOf(alarms);
        }
    }

    /** 签收. */
    @EventName("WarningSigned")
    record WarningSigned(String warningId, String by, Instant at) implements WarningEvent {}

    /**
     * A deadline passed unmet and the warning went one tier up.
     *
     * @param demand number of the demand that asked for it; {@value Demand#UNNUMBERED} in what was stored as version 1
     * @param to the tier that is told: COUNTY, CITY, PROVINCE, MINISTRY
     */
    @EventName(value = "WarningEscalated", version = 2)
    record WarningEscalated(String warningId, int demand, DeadlineKind missed, String to, Instant at)
            implements WarningEvent {}

    /** 核查: an inspector's finding on an orange or red warning; a failed one sends it back to handling. */
    @EventName("WarningVerified")
    record WarningVerified(String warningId, boolean passed, String note, String by, Instant at)
            implements WarningEvent {}

    /** 消警: all that the rules ask for is there, and it closed by itself. */
    @EventName("WarningClosed")
    record WarningClosed(String warningId, Instant at) implements WarningEvent {}
}
