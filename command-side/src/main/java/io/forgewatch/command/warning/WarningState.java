package io.forgewatch.command.warning;

import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskEvent.Held;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An enterprise's warnings as far as deciding needs them.
 *
 * @param issued how many were issued so far; they are numbered from 1
 * @param open the open one, or null
 * @param level as risk was assessed last
 * @param index likewise
 * @param rules likewise, those that hold above yellow; a single alarm at its limit demands by itself
 * @param worst the highest level of risk since people were told last
 * @param alarms the alarms that are not cleared, by id; without late ones and those of data only
 * @param gone alarms that were cleared a short while ago, by id: one that continues such an alarm is not told again
 */
public record WarningState(
        int issued,
        @Nullable OpenWarning open,
        RiskLevel level,
        double index,
        Set<Held> rules,
        RiskLevel worst,
        Map<String, NotedAlarm> alarms,
        Map<String, Gone> gone) {

    static final WarningState EMPTY =
            new WarningState(0, null, RiskLevel.BLUE, 0, Set.of(), RiskLevel.BLUE, Map.of(), Map.of());

    /** An alarm continues another for five minutes after that was cleared; events come a little later. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /**
     * A cleared alarm.
     *
     * @param told of which limit people were told, or null
     */
    record Gone(Limit limit, Severity severity, @Nullable Limit told, Instant at) {}

    WarningState assessed(RiskAssessed assessed) {
        Set<Held> grave = assessed.rules().stream()
                .filter(held -> held.rule().level().above(RiskLevel.YELLOW))
                .collect(Collectors.toUnmodifiableSet());
        return new WarningState(
                issued,
                open == null ? null : open.assessed(assessed.level(), grave),
                assessed.level(),
                assessed.index(),
                grave,
                assessed.level().above(worst) ? assessed.level() : worst,
                alarms,
                gone);
    }

    WarningState with(@Nullable OpenWarning changed) {
        return new WarningState(issued, changed, level, index, rules, worst, alarms, gone);
    }

    WarningState closed() {
        return new WarningState(issued, null, level, index, rules, level, alarms, gone);
    }

    WarningState opened(int number, OpenWarning warning) {
        return new WarningState(number, warning, level, index, rules, level, alarms, gone).allTold();
    }

    /** What a segment does not name it counts: people were told of all that was open. */
    WarningState allTold() {
        Map<String, NotedAlarm> told = new LinkedHashMap<>(alarms);
        told.replaceAll((id, alarm) -> alarm.asTold());
        return new WarningState(issued, open, level, index, rules, level, told, gone);
    }

    /** A late alarm is kept, but not pushed: no warning tells of it or waits for it. */
    WarningState raised(AlarmRaised raised) {
        if (raised.late() || raised.ofDataOnly()) {
            return this;
        }
        Map<String, NotedAlarm> changed = new LinkedHashMap<>(alarms);
        changed.put(raised.alarmId(), NotedAlarm.raised(AlarmNote.of(raised), toldBefore(raised)));
        return with(changed, gone);
    }

    /** Not told again unless limit or severity is above that of the alarm that it continues (dossier §3 "Again"). */
    private @Nullable Limit toldBefore(AlarmRaised raised) {
        Gone before = raised.continues() == null ? null : gone.get(raised.continues());
        return before == null
                        || raised.limit().above(before.limit())
                        || raised.severity().compareTo(before.severity()) < 0
                ? null
                : before.told();
    }

    WarningState changed(String alarmId, UnaryOperator<NotedAlarm> change) {
        NotedAlarm known = alarms.get(alarmId);
        if (known == null) {
            return this;
        }
        Map<String, NotedAlarm> changed = new LinkedHashMap<>(alarms);
        changed.put(alarmId, change.apply(known));
        return with(changed, gone);
    }

    WarningState without(String alarmId, Instant at) {
        NotedAlarm known = alarms.get(alarmId);
        if (known == null) {
            return this;
        }
        Map<String, NotedAlarm> left = new LinkedHashMap<>(alarms);
        left.remove(alarmId);
        Map<String, Gone> remembered = new LinkedHashMap<>(gone);
        remembered.values().removeIf(each -> each.at().isBefore(at.minus(REMEMBERED)));
        remembered.put(alarmId, new Gone(known.note().limit(), known.note().severity(), known.told(), at));
        return with(left, remembered);
    }

    /** What there is to tell, worst first. */
    List<NotedAlarm> news(Duration again) {
        return alarms.values().stream()
                .filter(alarm -> alarm.isNews(again))
                .sorted(NotedAlarm.WORST_FIRST)
                .toList();
    }

    /**
     * Whether people were not told of an alarm that asks them to act: then they are, at the worst that there was, should all be well
     * again by the time somebody looks.
     */
    boolean owesNews(Duration again) {
        return alarms.values().stream().anyMatch(alarm -> alarm.demands(again));
    }

    /** Likewise where no warning is open: an inner limit that became an outer one of a lesser alarm opens none by itself. */
    boolean owesAWarning(Duration again) {
        return alarms.values().stream().anyMatch(alarm -> alarm.isGrave() && alarm.demands(again));
    }

    List<NotedAlarm> worstFirst() {
        return alarms.values().stream().sorted(NotedAlarm.WORST_FIRST).toList();
    }

    /** Whether an alarm is open for which closing waits, named by a segment or not. */
    boolean isUnsettled() {
        return alarms.values().stream().anyMatch(NotedAlarm::counts);
    }

    private WarningState with(Map<String, NotedAlarm> changed, Map<String, Gone> remembered) {
        return new WarningState(issued, open, level, index, rules, worst, changed, remembered);
    }
}
