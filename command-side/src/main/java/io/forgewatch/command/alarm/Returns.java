package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows when detection says that a value is back, and that it stayed so. Of which breach it is said does not count, only of
 * which point and when: detection may have lost its state and know the breach by another onset, or by none but the table's.
 */
final class Returns {

    private Returns() {}

    /** A value that was told to be back before the present breach is old news. */
    static Decision returned(PointAlarms state, ReportReturn back) {
        PointAlarms.Open open = state.open();
        if (open == null) {
            return inForce(state, back);
        }
        if (open.returnedAt() != null || back.at().isBefore(open.saidAt())) {
            return Decision.nothing();
        }
        return Decision.accepted(new AlarmReturned(open.id().toString(), back.value(), back.at()));
    }

    /** Whose sensor was accepted to be dead and that reads well since: whatever breaks from now on is heard. */
    private static Decision inForce(PointAlarms state, ReportReturn back) {
        OutOfForce force = state.outOfForce();
        PointAlarms.Cleared ended = state.cleared();
        return force != null && ended != null && back.at().isAfter(force.since())
                ? Decision.accepted(new PointInForce(ended.id().toString(), back.at()))
                : Decision.nothing();
    }

    /** What has settled has returned, whether or not that was heard. */
    static Decision settled(PointAlarms state, ReportSettled settled) {
        PointAlarms.Open open = state.open();
        if (open == null || open.settledAt() != null || settled.at().isBefore(latest(open))) {
            return Decision.nothing();
        }
        String id = open.id().toString();
        List<DomainEvent> events = new ArrayList<>();
        if (open.returnedAt() == null) {
            events.add(new AlarmReturned(id, settled.value(), settled.at()));
        }
        events.add(
                open.clearsByItself()
                        ? new AlarmCleared(id, null, null, null, settled.at())
                        : new AlarmSettled(id, settled.at()));
        return Decision.accepted(events);
    }

    private static Instant latest(PointAlarms.Open open) {
        return open.returnedAt() == null || open.returnedAt().isBefore(open.saidAt())
                ? open.saidAt()
                : open.returnedAt();
    }
}
