package io.forgewatch.command.warning;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.WarningProgress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An enterprise's warnings as far as deciding needs them.
 *
 * @param issued how many were issued so far; they are numbered from 1
 * @param open the open one, or null
 * @param level as risk was assessed last
 * @param index likewise
 * @param alarms the alarms that are not cleared, by id
 */
public record WarningState(
        int issued, @Nullable Open open, RiskLevel level, double index, Map<String, AlarmNote> alarms) {

    static final WarningState EMPTY = new WarningState(0, null, RiskLevel.BLUE, 0, Map.of());

    /**
     * A warning that is not closed.
     *
     * @param alarms all that any segment named, and those that continue one of them
     * @param reached the farthest tier that it rose to, or null
     */
    public record Open(
            String id,
            WarningProgress progress,
            Deadlines deadlines,
            Set<String> alarms,
            @Nullable Tier reached) {

        Open after(DomainEvent event) {
            return new Open(id, progress.after(event), deadlines, alarms, reached);
        }

        Open with(List<String> further, Deadlines until) {
            Set<String> all = new HashSet<>(alarms);
            all.addAll(further);
            return new Open(id, progress, until, all, reached);
        }

        Open risenTo(Tier tier) {
            return new Open(id, progress, deadlines, alarms, tier);
        }
    }

    WarningState assessed(RiskLevel now, double value) {
        return new WarningState(issued, open, now, value, alarms);
    }

    WarningState closed() {
        return with((Open) null);
    }

    WarningState with(@Nullable Open changed) {
        return new WarningState(issued, changed, level, index, alarms);
    }

    WarningState opened(int number, Open warning) {
        return new WarningState(number, warning, level, index, alarms);
    }

    /** A late alarm is kept, but not pushed: no warning tells of it or waits for it. */
    WarningState raised(AlarmRaised raised) {
        if (raised.late() || raised.ofDataOnly()) {
            return this;
        }
        Open continued =
                open != null && raised.continues() != null && open.alarms().contains(raised.continues())
                        ? open.with(List.of(raised.alarmId()), open.deadlines())
                        : open;
        return with(AlarmNote.of(raised)).with(continued);
    }

    WarningState with(AlarmNote note) {
        Map<String, AlarmNote> changed = new LinkedHashMap<>(alarms);
        changed.put(note.alarmId(), note);
        return new WarningState(issued, open, level, index, changed);
    }

    WarningState without(String alarmId) {
        Map<String, AlarmNote> changed = new LinkedHashMap<>(alarms);
        changed.remove(alarmId);
        return new WarningState(issued, open, level, index, changed);
    }

    List<AlarmNote> worstFirst() {
        return alarms.values().stream().sorted(AlarmNote.WORST_FIRST).toList();
    }
}
