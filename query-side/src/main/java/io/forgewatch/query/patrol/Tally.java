package io.forgewatch.query.patrol;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Counters of a jurisdiction. They can be added and taken away, so that a jurisdiction's change by what its enterprise's changed.
 *
 * @param enterprises how many are registered
 * @param byLevel enterprises by risk level
 * @param devices how many are registered
 * @param points how many those have
 * @param openAlarms not cleared
 * @param alarmsByDay raised on the latest days of Asia/Shanghai that had any, by ISO date
 * @param openWarnings not closed
 * @param dueWarnings open ones of which something is asked, by its next deadline in epoch milliseconds; at most one an
 *     enterprise
 * @param warningsByLevel open ones
 */
record Tally(
        int enterprises,
        Map<String, Integer> byLevel,
        int devices,
        int points,
        int openAlarms,
        Map<String, Integer> alarmsByDay,
        int openWarnings,
        Map<String, Integer> dueWarnings,
        Map<String, Integer> warningsByLevel) {

    static final Tally NONE = new Tally(0, Map.of(), 0, 0, 0, Map.of(), 0, Map.of(), Map.of());

    /**
     * Of days no more than the latest that an enterprise keeps: those of works that were quiet for long would add up to years. What
     * is taken from a day that is not kept any more was none of it.
     */
    Tally plus(Tally other) {
        return with(other, Integer::sum, Tally::latest);
    }

    /** A difference, to be added. */
    Tally minus(Tally other) {
        return with(other, (mine, theirs) -> mine - theirs, days -> days);
    }

    boolean isNothing() {
        return equals(NONE);
    }

    private static Map<String, Integer> latest(Map<String, Integer> days) {
        TreeMap<String, Integer> latest = new TreeMap<>(days);
        while (latest.size() > EnterpriseTally.DAYS_KEPT) {
            latest.pollFirstEntry();
        }
        return latest;
    }

    /** Open warnings with a deadline that passed unmet. */
    int overdueWarnings(Instant now) {
        return dueWarnings.entrySet().stream()
                .filter(due -> Long.parseLong(due.getKey()) < now.toEpochMilli())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private Tally with(Tally other, IntBinaryOperator sum, UnaryOperator<Map<String, Integer>> days) {
        return new Tally(
                sum.applyAsInt(enterprises, other.enterprises),
                each(byLevel, other.byLevel, sum),
                sum.applyAsInt(devices, other.devices),
                sum.applyAsInt(points, other.points),
                sum.applyAsInt(openAlarms, other.openAlarms),
                days.apply(each(alarmsByDay, other.alarmsByDay, sum)),
                sum.applyAsInt(openWarnings, other.openWarnings),
                each(dueWarnings, other.dueWarnings, sum),
                each(warningsByLevel, other.warningsByLevel, sum));
    }

    private static Map<String, Integer> each(
            Map<String, Integer> mine, Map<String, Integer> theirs, IntBinaryOperator sum) {
        Map<String, Integer> all = new TreeMap<>(mine);
        theirs.forEach((key, count) -> all.put(key, sum.applyAsInt(mine.getOrDefault(key, 0), count)));
        all.values().removeIf(count -> count == 0);
        return all;
    }
}
