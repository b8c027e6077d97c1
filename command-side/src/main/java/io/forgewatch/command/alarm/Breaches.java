package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from detection's signals. They come at least once and may come late, so each is compared with what is known by
 * detection's own times, never by those of people's commands.
 */
final class Breaches {

    private static final Duration CONTINUES_WITHIN = Duration.ofMinutes(5);

    private final Catalogue catalogue;

    Breaches(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Decision breached(PointAlarms state, ReportBreach breach) {
        PointAlarms.Open open = state.open();
        if (open == null) {
            return isOld(state.cleared(), breach)
                            || state.isOutOfForce(breach.alarm().onset(), breach.at())
                    ? Decision.nothing()
                    : Decision.accepted(raised(state, breach));
        }
        List<DomainEvent> events = new ArrayList<>();
        if (isOld(open, breach)) {
            return Decision.nothing();
        }
        if (open.returnedAt() != null) {
            events.add(new AlarmBreachedAgain(
                    open.id().toString(), breach.limit(), breach.value(), open.inBreachMillis(), breach.at()));
        }
        if (breach.limit().above(open.limit())) {
            events.add(upgraded(open, breach));
        }
        return Decision.accepted(events);
    }

    /** Of each onset there is one, however often it is found; whether another is open has nothing to do with it. */
    Decision late(PointAlarms state, ReportBreach breach) {
        return state.knows(breach.alarm().onset())
                ? Decision.nothing()
                : Decision.accepted(raised(state, breach, breach.alarm(), true));
    }

    /** What was said of the point before its value came back, or before what made the alarm what it is. */
    private static boolean isOld(PointAlarms.Open open, ReportBreach breach) {
        return open.returnedAt() == null
                ? breach.at().isBefore(open.saidAt())
                : !breach.at().isAfter(open.returnedAt());
    }

    /** What was said of the point before its value came back. */
    private static boolean isOld(PointAlarms.@Nullable Cleared cleared, ReportBreach breach) {
        return cleared != null && !breach.at().isAfter(cleared.returnedAt());
    }

    private AlarmUpgraded upgraded(PointAlarms.Open open, ReportBreach breach) {
        return new AlarmUpgraded(
                open.id().toString(),
                breach.limit(),
                severity(breach),
                breach.value() == null ? 0 : breach.value(),
                breach.threshold(),
                breach.at(),
                breach.readings());
    }

    private AlarmRaised raised(PointAlarms state, ReportBreach breach) {
        return raised(state, breach, own(state, breach), false);
    }

    /**
     * An alarm is always a new one with an id of its own, also where the breach is known by an onset that an alarm had that is
     * over: it was ended in breach and its point came back into force, or what was found late goes on.
     */
    private static AlarmId own(PointAlarms state, ReportBreach breach) {
        AlarmId said = breach.alarm();
        long onset = said.onset();
        for (long next = breach.at().toEpochMilli(); state.knows(onset); next++) {
            onset = next;
        }
        return new AlarmId(said.subject(), said.indicator(), said.direction(), onset);
    }

    private AlarmRaised raised(PointAlarms state, ReportBreach breach, AlarmId id, boolean late) {
        return new AlarmRaised(
                id.toString(),
                id.device().orElse(null),
                breach.equipmentClass(),
                breach.area(),
                id.indicator().equals(AlarmId.NONE) ? null : id.indicator(),
                id.direction(),
                breach.limit(),
                severity(breach),
                breach.value(),
                breach.threshold(),
                breach.thresholdVersion(),
                breach.unit(),
                Instant.ofEpochMilli(id.onset()),
                breach.at(),
                breach.readings(),
                late ? null : continued(state.cleared(), breach.at()),
                state.within24h(breach.at()) + 1,
                late,
                breach.fault(),
                breach.gateway(),
                breach.points(),
                breach.pointCount());
    }

    private static @Nullable String continued(PointAlarms.@Nullable Cleared cleared, Instant at) {
        return cleared != null
                        && cleared.byItself()
                        && !at.isAfter(cleared.clearedAt().plus(CONTINUES_WITHIN))
                ? cleared.id().toString()
                : null;
    }

    /** The point has one severity; where the catalogue grades the inner limit apart (CO: A at HH, B at H), that counts. */
    private Severity severity(ReportBreach breach) {
        return switch (breach.limit()) {
            case L, H, RATE ->
                catalogue
                        .indicator(breach.alarm().indicator())
                        .filter(indicator -> indicator.innerSeverity() != null)
                        .map(indicator -> indicator.severityAt(false))
                        .orElse(breach.severity());
            case LL, HH, STATE, INTERLOCK, FAULT, OFFLINE, AREA -> breach.severity();
        };
    }
}
