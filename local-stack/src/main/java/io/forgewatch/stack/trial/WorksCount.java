package io.forgewatch.stack.trial;

import io.forgewatch.event.DomainEvent;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one works' events say that there is: things, not numbers of them. */
final class WorksCount {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Map<String, Integer> pointsByDevice = new HashMap<>();
    private final Set<String> openAlarms = new HashSet<>();
    private final Map<String, LocalDate> alarmDays = new HashMap<>();
    private final Map<String, WarningProgress> openWarnings = new HashMap<>();
    private @Nullable RiskLevel level;

    void take(DomainEvent event) {
        switch (event) {
            case EnterpriseRegistered _ -> level = RiskLevel.BLUE;
            case RiskAssessed assessed -> level = level == null ? null : assessed.level();
            case DeviceRegistered device ->
                pointsByDevice.put(device.deviceId(), device.points().size());
            case AlarmEvent alarm -> take(alarm);
            case WarningIssued issued -> openWarnings.put(issued.warningId(), WarningProgress.issued(issued));
            case WarningClosed closed -> openWarnings.remove(closed.warningId());
            case WarningEvent warning -> change(warning.warningId(), warning);
            case FeedbackEvent feedback -> change(feedback.warningId(), feedback);
            default -> {}
        }
    }

    /** Alarms whose subject is no device are in no list and no count; a late one never was open. */
    private void take(AlarmEvent alarm) {
        String id = alarm.alarmId();
        switch (alarm) {
            case AlarmRaised raised -> {
                if (AlarmId.FORM.parse(id).device().isPresent() && !raised.late()) {
                    openAlarms.add(id);
                    alarmDays.put(id, raised.raisedAt().atZone(ZONE).toLocalDate());
                }
            }
            case AlarmCleared _, AlarmEnded _ -> openAlarms.remove(id);
            default -> {}
        }
    }

    private void change(String warningId, DomainEvent event) {
        openWarnings.computeIfPresent(warningId, (id, before) -> before.after(event));
    }

    Map<String, Integer> counters(Instant now) {
        LocalDate today = now.atZone(ZONE).toLocalDate();
        Map<String, Integer> counters = new TreeMap<>();
        counters.put("enterprises.total", level == null ? 0 : 1);
        counters.put("devices.total", pointsByDevice.size());
        counters.put(
                "points.total",
                pointsByDevice.values().stream().mapToInt(Integer::intValue).sum());
        counters.put("alarms.open", openAlarms.size());
        counters.put("alarms.today", (int)
                alarmDays.values().stream().filter(today::equals).count());
        counters.put("warnings.open", openWarnings.size());
        counters.put("warnings.overdue", (int) openWarnings.values().stream()
                .filter(warning ->
                        warning.earliestDue().filter(due -> due.isBefore(now)).isPresent())
                .count());
        for (RiskLevel each : RiskLevel.values()) {
            counters.put("enterprises.byLevel." + each, each == level ? 1 : 0);
            counters.put("warnings.byLevel." + each, (int) openWarnings.values().stream()
                    .filter(warning -> warning.level() == each)
                    .count());
        }
        return counters;
    }
}
