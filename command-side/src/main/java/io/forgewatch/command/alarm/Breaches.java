package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
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
            return isOld(state.cleared(), breach) ? Decision.nothing() : Decision.accepted(raised(state, breach));
        }
        List<DomainEvent> events = new ArrayList<>();
        if (open.returnedAt() != null) {
            if (breach.alarm().onset() == open.id().onset() || !breach.at().isAfter(open.returnedAt())) {
                return Decision.nothing();
            }
            events.add(new AlarmBreachedAgain(
                    open.id().toString(), breach.limit(), breach.value(), open.inBreachMillis(), breach.at()));
        }
        if (breach.limit().extreme() && !open.limit().extreme()) {
            events.add(new AlarmUpgraded(
                    open.id().toString(),
                    breach.limit(),
                    severity(breach),
                    breach.value(),
                    breach.threshold(),
                    breach.at(),
                    breach.readings()));
        }
        return Decision.accepted(events);
    }

    /** A value that was told to be back before the present breach is old news. */
    Decision returned(PointAlarms state, ReportReturn back) {
        PointAlarms.Open open = state.open();
        if (open == null || open.returnedAt() != null || back.at().isBefore(open.breachedAt())) {
            return Decision.nothing();
        }
        return Decision.accepted(new AlarmReturned(open.id().toString(), back.value(), back.at()));
    }

    private static boolean isOld(PointAlarms.@Nullable Cleared cleared, ReportBreach breach) {
        return cleared != null
                && (breach.alarm().onset() <= cleared.id().onset()
                        || !breach.at().isAfter(cleared.returnedAt()));
    }

    private AlarmRaised raised(PointAlarms state, ReportBreach breach) {
        return new AlarmRaised(
                breach.alarm().toString(),
                breach.alarm().deviceId(),
                breach.equipmentClass(),
                breach.area(),
                breach.alarm().indicator(),
                breach.alarm().direction(),
                breach.limit(),
                severity(breach),
                breach.value(),
                breach.threshold(),
                breach.thresholdVersion(),
                breach.unit(),
                Instant.ofEpochMilli(breach.alarm().onset()),
                breach.at(),
                breach.readings(),
                continued(state.cleared(), breach.at()),
                state.within24h(breach.at()) + 1);
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
        return breach.limit().extreme()
                ? breach.severity()
                : catalogue
                        .indicator(breach.alarm().indicator())
                        .filter(indicator -> indicator.innerSeverity() != null)
                        .map(indicator -> indicator.severityAt(false))
                        .orElse(breach.severity());
    }
}
