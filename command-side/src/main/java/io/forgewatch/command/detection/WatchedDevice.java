package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.telemetry.Quality;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A device's rules, made once for each version of the device, and how its points stand to each other. */
final class WatchedDevice {

    private static final int NONE = -1;

    private final Device device;
    private final List<PointRule> rules;
    private final Map<String, Integer> places = new HashMap<>();
    private final Gates gates;
    private final boolean gated;

    WatchedDevice(Device device) {
        this.device = device;
        Catalogue catalogue = Catalogue.standard();
        this.rules = device.points().stream()
                .map(point -> new PointRule(
                        point,
                        catalogue
                                .indicator(device.equipmentClass(), point.indicator())
                                .orElse(null)))
                .toList();
        for (int i = 0; i < rules.size(); i++) {
            places.put(rules.get(i).name(), i);
        }
        gates = new Gates(rules, this::place);
        gated = rules.stream().anyMatch(gates::isGated);
    }

    Device device() {
        return device;
    }

    int size() {
        return rules.size();
    }

    PointRule rule(int place) {
        return rules.get(place);
    }

    Gates gates() {
        return gates;
    }

    /** Whether the limits of any point are out of force at times: then the order of readings matters. */
    boolean isGated() {
        return gated;
    }

    /** The place of a point, or -1. */
    int place(String indicator) {
        return places.getOrDefault(indicator, NONE);
    }

    /** Tells lists of points from each other, as states were stored by their places once. */
    int layout() {
        int hash = 1;
        for (MonitoringPoint point : device.points()) {
            hash = 31 * hash + point.indicator().hashCode();
        }
        return hash;
    }

    /**
     * Takes a reading.
     *
     * @param stale whether its gateway's clock can't be believed ({@link Conditions#stale})
     */
    void read(LiveDevice live, int place, Sample reading, long arrival, boolean stale, Spoken say) {
        PointState[] states = live.states();
        PointRule rule = rules.get(place);
        boolean slow = live.memory()
                .point(rule.name())
                .clock()
                .saw(reading.at(), arrival, Math.max(PointWatch.STALE_MILLIS, rule.inARow()));
        read(live, place, reading, arrival, stale || slow, states, say);
    }

    private void read(
            LiveDevice live, int place, Sample reading, long arrival, boolean stale, PointState[] states, Spoken say) {
        if (!gates.isKey(place)) {
            states[place] = next(live, place, reading, arrival, stale, states, say);
            return;
        }
        int before = gates.closed(states, live.memory(), arrival);
        Sample from = states[place].last();
        if (isPast(states[place], place, reading, arrival)) {
            live.memory().point(rules.get(place).name()).past(reading);
        }
        states[place] = next(live, place, reading, arrival, stale, states, say);
        gates.length(place, from, states[place], live.memory(), arrival);
        int after = gates.closed(states, live.memory(), arrival);
        if (before != 0 || after != 0) {
            changed(live, arrival, before, after, say);
        }
    }

    private PointState next(
            LiveDevice live, int place, Sample reading, long arrival, boolean stale, PointState[] states, Spoken say) {
        PointRule rule = rules.get(place);
        Consumer<Verdict> ofThisPoint = verdict -> say.accept(rule, verdict);
        return PointWatch.read(
                rule,
                states[place],
                reading,
                arrival,
                conditions(live, place, reading, arrival, stale),
                say.standing(rule),
                ofThisPoint);
    }

    private Conditions conditions(LiveDevice live, int place, Sample reading, long arrival, boolean stale) {
        PointRule rule = rules.get(place);
        double command = command(rule, live.states(), arrival);
        if (!gates.isGated(rule)) {
            return command == Conditions.NO_COMMAND
                    ? Conditions.free(stale)
                    : new Conditions(false, false, false, stale, command);
        }
        return isPast(live.states()[place], place, reading, arrival) && !stale
                ? gates.then(rule, live.memory(), reading.at(), command)
                : gates.conditions(rule, live.states(), live.memory(), arrival, stale, command);
    }

    private boolean isPast(PointState state, int place, Sample reading, long arrival) {
        return PointWatch.isPast(rules.get(place), state, reading, arrival);
    }

    /** What a state was commanded to be. A command that is registered and can't be relied on compares with nothing. */
    private double command(PointRule rule, PointState[] states, long now) {
        int place = rule.command() == null ? NONE : place(rule.command());
        if (place == NONE) {
            return Conditions.NO_COMMAND;
        }
        return states[place].isLive(rules.get(place), now)
                ? states[place].last().value()
                : Double.NaN;
    }

    /** A gate was read: what it closes is back as long as it says so, what it opens counts at once. */
    private void changed(LiveDevice live, long arrival, int before, int after, Spoken say) {
        PointState[] states = live.states();
        for (int i = 0; i < states.length; i++) {
            PointRule rule = rules.get(i);
            if (!gates.isGated(rule)) {
                continue;
            }
            Conditions now =
                    gates.conditions(rule, states, live.memory(), arrival, false, command(rule, states, arrival));
            if (Gates.opened(rule, before, after)) {
                states[i] = PointWatch.opened(rule, states[i], arrival, now);
            }
            if (Gates.closed(rule, after)) {
                states[i] = PointWatch.closed(rule, states[i], arrival, now);
            }
            states[i] = tick(states[i], rule, arrival, say);
        }
    }

    void tick(LiveDevice live, long now, Spoken say) {
        PointState[] states = live.states();
        for (int i = 0; i < states.length; i++) {
            states[i] = tick(states[i], rules.get(i), now, say);
        }
    }

    private static PointState tick(PointState state, PointRule rule, long now, Spoken say) {
        return SideTimer.tick(rule, state, now, say.standing(rule), verdict -> say.accept(rule, verdict));
    }

    /** When {@link #tick} next has something to do, or {@link Side#NEVER}. */
    long due(PointState[] states) {
        long due = Side.NEVER;
        for (int i = 0; i < states.length; i++) {
            due = Math.min(due, SideTimer.due(rules.get(i), states[i]));
        }
        return due;
    }

    /**
     * Takes up an alarm that is open and that the state of its point does not know, since it was lost: from now on it is led back
     * like any other.
     *
     * @return whether there was one to take up
     */
    boolean adopt(LiveDevice live, OpenAlarm open, long now) {
        int place = place(open.id().indicator());
        Direction direction = open.id().direction();
        if (place == NONE || !live.states()[place].side(direction).is(Side.Phase.NORMAL)) {
            return false;
        }
        Sample onset = new Sample(open.id().onset(), Double.NaN, Quality.MISSING);
        live.states()[place] = live.states()[place].with(direction, Side.adopted(level(open.limit()), onset, now));
        return true;
    }

    private static int level(Limit limit) {
        return switch (limit) {
            case RATE -> Side.RATE;
            case L, H -> Side.INNER;
            case LL, HH, STATE, INTERLOCK, FAULT, OFFLINE, AREA -> Side.OUTER;
        };
    }
}
