package io.forgewatch.query.patrol;

import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningProgress;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one enterprise.
 *
 * @param level of its risk; null while it is not registered
 * @param openWarning the warning that is not closed; null when there is none
 */
record EnterpriseTally(
        @Nullable RiskLevel level,
        int devices,
        int points,
        int openAlarms,
        Map<String, Integer> alarmsByDay,
        @Nullable OpenWarning openWarning) {

    /** Days begin where the works are. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Today and the day before it, as long as today is the latest with an alarm. */
    static final int DAYS_KEPT = 2;

    static final EnterpriseTally NONE = new EnterpriseTally(null, 0, 0, 0, Map.of(), null);

    /** @param progress what its events mean for its status, and what it owes */
    record OpenWarning(String id, WarningProgress progress) {

        /**
         * The earliest deadline of what is not done yet, passed or not: one that was missed stays missed, though a newer demand has
         * told a later one. Empty when the enterprise did its part.
         */
        Optional<Instant> due() {
            return progress.earliestDue();
        }
    }

    EnterpriseTally at(RiskLevel now) {
        return new EnterpriseTally(now, devices, points, openAlarms, alarmsByDay, openWarning);
    }

    EnterpriseTally device(int itsPoints) {
        return new EnterpriseTally(level, devices + 1, points + itsPoints, openAlarms, alarmsByDay, openWarning);
    }

    EnterpriseTally raised(Instant at) {
        TreeMap<String, Integer> days = new TreeMap<>(alarmsByDay);
        days.merge(at.atZone(ZONE).toLocalDate().toString(), 1, Integer::sum);
        while (days.size() > DAYS_KEPT) {
            days.pollFirstEntry();
        }
        return new EnterpriseTally(level, devices, points, openAlarms + 1, days, openWarning);
    }

    EnterpriseTally cleared() {
        return new EnterpriseTally(level, devices, points, openAlarms - 1, alarmsByDay, openWarning);
    }

    EnterpriseTally warning(@Nullable OpenWarning now) {
        return new EnterpriseTally(level, devices, points, openAlarms, alarmsByDay, now);
    }

    Tally tally() {
        return new Tally(
                level == null ? 0 : 1,
                level == null ? Map.of() : Map.of(level.name(), 1),
                devices,
                points,
                openAlarms,
                alarmsByDay,
                openWarning == null ? 0 : 1,
                openWarning == null ? Map.of() : due(openWarning),
                openWarning == null
                        ? Map.of()
                        : Map.of(openWarning.progress().level().name(), 1));
    }

    private static Map<String, Integer> due(OpenWarning warning) {
        return warning.due()
                .map(due -> Map.of(Long.toString(due.toEpochMilli()), 1))
                .orElse(Map.of());
    }
}
