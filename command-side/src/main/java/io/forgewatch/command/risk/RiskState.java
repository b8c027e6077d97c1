package io.forgewatch.command.risk;

import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An enterprise's open alarms and what was said of its risk last. Cleared alarms leave no trace: how often a point alarmed
 * within 24 h comes with each alarm.
 *
 * @param profile null as long as the enterprise is not registered
 * @param open alarms not cleared, by id
 * @param last the last assessment, or null
 * @param said of which alarms that one spoke, all of them, though it tells only the worst
 * @param belowSince since when index and overrides are clearly below a level, for the levels for which they are
 * @param latest the newest moment that any event told of
 */
public record RiskState(
        @Nullable RiskProfile profile,
        Map<String, OpenAlarm> open,
        @Nullable RiskAssessed last,
        Set<OpenAlarm.Said> said,
        Map<RiskLevel, Instant> belowSince,
        Instant latest) {

    static final RiskState EMPTY = new RiskState(null, Map.of(), null, Set.of(), Map.of(), Instant.EPOCH);

    RiskLevel level() {
        return last == null ? RiskLevel.BLUE : last.level();
    }

    /** Of which alarms an assessment speaks now. */
    Set<OpenAlarm.Said> standing() {
        return open.values().stream().map(OpenAlarm::said).collect(Collectors.toUnmodifiableSet());
    }

    RiskState of(RiskProfile known) {
        return new RiskState(known, open, last, said, belowSince, latest);
    }

    RiskState with(OpenAlarm alarm, Instant at) {
        Map<String, OpenAlarm> changed = new LinkedHashMap<>(open);
        changed.put(alarm.alarmId(), alarm);
        return new RiskState(profile, changed, last, said, belowSince, later(at));
    }

    RiskState changed(String alarmId, Instant at, UnaryOperator<OpenAlarm> change) {
        OpenAlarm known = open.get(alarmId);
        return known == null ? this : with(change.apply(known), at);
    }

    RiskState without(String alarmId, Instant at) {
        Map<String, OpenAlarm> changed = new LinkedHashMap<>(open);
        changed.remove(alarmId);
        return new RiskState(profile, changed, last, said, belowSince, later(at));
    }

    RiskState assessed(RiskAssessed assessed, Map<RiskLevel, Instant> below) {
        return new RiskState(profile, open, assessed, standing(), below, later(assessed.at()));
    }

    private Instant later(Instant at) {
        return at.isAfter(latest) ? at : latest;
    }
}
