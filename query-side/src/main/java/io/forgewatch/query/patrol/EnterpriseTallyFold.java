package io.forgewatch.query.patrol;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.query.patrol.EnterpriseTally.OpenWarning;
import io.forgewatch.query.projection.Fold;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what happens to one enterprise. */
final class EnterpriseTallyFold implements Fold<EnterpriseTally> {

    @Override
    public Class<EnterpriseTally> type() {
        return EnterpriseTally.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return Set.of(
                EnterpriseRegistered.class,
                RiskAssessed.class,
                DeviceRegistered.class,
                AlarmRaised.class,
                AlarmCleared.class,
                AlarmEnded.class,
                WarningEvent.class,
                FeedbackEvent.class);
    }

    @Override
    public List<String> ids(DomainEvent event) {
        boolean counted = switch (event) {
            case EnterpriseRegistered _, RiskAssessed _, DeviceRegistered _ -> true;
            case AlarmRaised raised -> isListed(raised) && !raised.late();
            case AlarmCleared cleared -> isListed(cleared);
            case AlarmEnded ended -> isListed(ended);
            case WarningEvent _, FeedbackEvent _ -> true;
            default -> false;
        };
        return counted ? List.of(Objects.requireNonNull(event.enterpriseId())) : List.of();
    }

    /** What is counted is what a list of alarms shows: those of devices. A late one was never open, nor of today. */
    private static boolean isListed(AlarmEvent alarm) {
        return AlarmId.FORM.parse(alarm.alarmId()).device().isPresent();
    }

    @Override
    public EnterpriseTally after(@Nullable EnterpriseTally state, String id, RecordedEvent recorded) {
        EnterpriseTally before = state == null ? EnterpriseTally.NONE : state;
        return switch (recorded.event()) {
            case EnterpriseRegistered _ -> before.at(RiskLevel.BLUE);
            case RiskAssessed assessed -> before.level() == null ? before : before.at(assessed.level());
            case DeviceRegistered device -> before.device(device.points().size());
            case AlarmRaised raised -> before.raised(raised.raisedAt());
            case AlarmCleared _, AlarmEnded _ -> before.cleared();
            case WarningIssued issued ->
                before.warning(new OpenWarning(issued.warningId(), WarningProgress.issued(issued)));
            case WarningClosed _ -> before.warning(null);
            case WarningEvent warning -> before.warning(after(before.openWarning(), warning.warningId(), warning));
            case FeedbackEvent feedback -> before.warning(after(before.openWarning(), feedback.warningId(), feedback));
            default -> before;
        };
    }

    @Override
    public Map<String, Object> keys(EnterpriseTally state) {
        return Map.of();
    }

    private static @Nullable OpenWarning after(@Nullable OpenWarning open, String warningId, DomainEvent event) {
        if (open == null || !open.id().equals(warningId)) {
            return open;
        }
        return new OpenWarning(open.id(), open.progress().after(event));
    }
}
