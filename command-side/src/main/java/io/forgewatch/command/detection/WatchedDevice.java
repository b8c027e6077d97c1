package io.forgewatch.command.detection;

import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.MonitoringPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A device's rules, made once for each version of the device, and how its points stand to each other. */
final class WatchedDevice {

    private static final String CASTING = "AL_CASTING";
    private static final String LENGTH = "AL_LENGTH";
    private static final double STEADY = 3;
    private static final double START_LENGTH_MM = 300;
    private static final int NONE = -1;

    private final Device device;
    private final List<PointRule> rules;
    private final Map<String, Integer> places = new HashMap<>();
    private final int casting;
    private final int length;

    WatchedDevice(Device device) {
        this.device = device;
        this.rules = device.points().stream().map(PointRule::new).toList();
        for (int i = 0; i < rules.size(); i++) {
            places.put(rules.get(i).point().indicator(), i);
        }
        casting = places.getOrDefault(CASTING, NONE);
        length = places.getOrDefault(LENGTH, NONE);
    }

    Device device() {
        return device;
    }

    int size() {
        return rules.size();
    }

    /** The place of a point, or -1. */
    int place(String indicator) {
        return places.getOrDefault(indicator, NONE);
    }

    /** Tells states of one list of points from those of another: they are kept by place. */
    int layout() {
        int hash = 1;
        for (MonitoringPoint point : device.points()) {
            hash = 31 * hash + point.indicator().hashCode();
        }
        return hash;
    }

    void read(PointState[] states, int place, Sample reading, long arrival, BiConsumer<PointRule, Verdict> say) {
        PointRule rule = rules.get(place);
        boolean gated = isGated(rule.gate(), states, arrival);
        states[place] =
                PointWatch.read(rule, states[place], reading, arrival, gated, verdict -> say.accept(rule, verdict));
    }

    void tick(PointState[] states, long now, BiConsumer<PointRule, Verdict> say) {
        for (int i = 0; i < states.length; i++) {
            PointRule rule = rules.get(i);
            Consumer<Verdict> ofThisPoint = verdict -> say.accept(rule, verdict);
            states[i] = PointWatch.tick(rule, states[i], now, ofThisPoint);
        }
    }

    /** When {@link #tick} next has something to do, or {@link Side#NEVER}. */
    long due(PointState[] states) {
        long due = Side.NEVER;
        for (int i = 0; i < states.length; i++) {
            due = Math.min(due, PointWatch.due(rules.get(i), states[i]));
        }
        return due;
    }

    /** Limits are out of force only by a good and recent reading that says so. */
    private boolean isGated(Gate gate, PointState[] states, long now) {
        if (!Gate.CASTING.equals(gate) && !Gate.STEADY_CASTING.equals(gate)) {
            return false;
        }
        if (casting == NONE || !states[casting].isLive(rules.get(casting), now)) {
            return false;
        }
        double phase = states[casting].last().value();
        if (gate == Gate.CASTING) {
            return phase != 2 && phase != STEADY && phase != 4;
        }
        boolean atStart = length != NONE
                && states[length].isLive(rules.get(length), now)
                && states[length].last().value() <= START_LENGTH_MM;
        return phase != STEADY || atStart;
    }
}
