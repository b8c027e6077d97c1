package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.telemetry.Quality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.KafkaException;

/** A device's rules, made once for each version of the device, and how its points stand to each other. */
final class WatchedDevice {

    private final Device device;
    private final List<PointRule> rules = new ArrayList<>();
    private final Map<String, RuntimeException> unbuilt = new LinkedHashMap<>();
    private final Places places;
    private final Gates gates;
    private final boolean gated;

    WatchedDevice(Device device) {
        this(device, Places::of);
    }

    /** @param known the places of points with these names in this order */
    WatchedDevice(Device device, Function<List<String>, Places> known) {
        this.device = device;
        Catalogue catalogue = Catalogue.standard();
        for (MonitoringPoint point : device.points()) {
            try {
                rules.add(new PointRule(
                        point,
                        catalogue
                                .indicator(device.equipmentClass(), point.indicator())
                                .orElse(null)));
            } catch (RuntimeException e) {
                unbuilt.put(point.indicator(), e);
            }
        }
        places = known.apply(rules.stream().map(PointRule::name).toList());
        gates = new Gates(rules, this::place);
        gated = rules.stream().anyMatch(gates::isGated);
    }

    Device device() {
        return device;
    }

    /** The points of which no rule could be made, and why: they are not watched. */
    Map<String, RuntimeException> unbuilt() {
        return unbuilt;
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
        return places.of(indicator);
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
        boolean slow = live.remembered(place)
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
            live.remembered(place).past(reading);
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
        int place = rule.command() == null ? Places.NONE : place(rule.command());
        if (place == Places.NONE) {
            return Conditions.NO_COMMAND;
        }
        return states[place].isLive(rules.get(place), now)
                ? states[place].last().value()
                : Double.NaN;
    }

    /** A gate was read: what it closes is back as long as it says so, what it opens counts at once. */
    private void changed(LiveDevice live, long arrival, int before, int after, Spoken say) {
        for (int i = 0; i < live.states().length; i++) {
            PointRule rule = rules.get(i);
            if (gates.isGated(rule)) {
                attempt(live, i, arrival, say, state -> changed(live, rule, state, arrival, before, after, say));
            }
        }
    }

    private PointState changed(
            LiveDevice live, PointRule rule, PointState state, long arrival, int before, int after, Spoken say) {
        PointState next = state;
        Conditions now = gates.conditions(
                rule, live.states(), live.memory(), arrival, false, command(rule, live.states(), arrival));
        if (Gates.opened(rule, before, after)) {
            next = PointWatch.opened(rule, next, arrival, now);
        }
        if (Gates.closed(rule, after)) {
            next = PointWatch.closed(rule, next, arrival, now);
        }
        return tick(next, rule, arrival, say);
    }

    void tick(LiveDevice live, long now, Spoken say) {
        PointState[] states = live.states();
        BrokenPoints broken = live.memory().broken();
        for (int i = 0; i < states.length; i++) {
            PointRule rule = rules.get(i);
            if (states[i].isAtRest() && !broken.isAny() || now < broken.waitsUntil(rule.name())) {
                continue;
            }
            attempt(live, i, now, say, state -> tick(state, rule, now, say));
        }
    }

    /** What one point fails with, whatever it is, fails for it alone: the delays of all others end. */
    private void attempt(LiveDevice live, int place, long now, Spoken say, UnaryOperator<PointState> evaluation) {
        PointRule rule = rules.get(place);
        BrokenPoints broken = live.memory().broken();
        try {
            live.states()[place] = evaluation.apply(live.states()[place]);
        } catch (KafkaException e) {
            // Streams' own: it knows what to do with the whole task.
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            broken.untimed(rule.name(), now);
            say.failed(Unjudged.Step.TIME, rule, e);
            return;
        }
        if (broken.isAny() && broken.timed(rule.name())) {
            say.well(Unjudged.Step.TIME, rule);
        }
    }

    private static PointState tick(PointState state, PointRule rule, long now, Spoken say) {
        return SideTimer.tick(rule, state, now, say.standing(rule), verdict -> say.accept(rule, verdict));
    }

    /** When {@link #tick} next has something to do, or {@link Side#NEVER}. */
    long due(LiveDevice live) {
        BrokenPoints broken = live.memory().broken();
        long due = Side.NEVER;
        for (int i = 0; i < live.states().length; i++) {
            PointRule rule = rules.get(i);
            long of = due(rule, live.states()[i]);
            due = Math.min(due, broken.isAny() ? Math.max(of, broken.waitsUntil(rule.name())) : of);
        }
        return due;
    }

    private static long due(PointRule rule, PointState state) {
        try {
            return SideTimer.due(rule, state);
        } catch (RuntimeException e) {
            // That is found out, and said, when its time is let pass.
            return 0;
        }
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
        if (place == Places.NONE || !live.states()[place].side(direction).is(Side.Phase.NORMAL)) {
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
