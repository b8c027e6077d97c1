package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.telemetry.Quality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the readings of a device's points of severity A (dossier §3): silent, coded, impossible, failed. A point with
 * an open limit alarm has none of its own, nor one that was never read, nor one that people read.
 */
final class DeviceFaults {

    /** A fault counts after a minute, or for what a running device is protected by after ten seconds. */
    private static final long COUNTS_MILLIS = 60_000;

    private static final long BLIND_MILLIS = 10_000;

    /** The states in which a device runs with molten metal; of no other class it is known. */
    private static final Map<String, Set<Integer>> RUNNING = Map.of(
            "AL_CASTING", Gate.CASTING.open(),
            "BOF_BLOWING", Gate.BLOWING.open(),
            "CC_CASTING", Gate.POURING.open(),
            "EAF_POWER_ON", Set.of(1));

    private final LiveDevice live;
    /** Places of the points that say whether it runs, and in which states it does. */
    private final Map<Integer, Set<Integer>> runs = new HashMap<>();

    /** Since when a fault is there, by the place of the point; those that were there lately are looked at more closely. */
    private final Map<Integer, Long> since = new HashMap<>();

    private Map<String, Fault> counting = Map.of();
    private Map<String, Fault> blinding = Map.of();

    DeviceFaults(LiveDevice live) {
        this.live = live;
        for (Map.Entry<String, Set<Integer>> each : RUNNING.entrySet()) {
            int place = live.device().place(each.getKey());
            if (place >= 0) {
                runs.put(place, each.getValue());
            }
        }
    }

    /** Those that count, by the points {@code <device>.<indicator>}. */
    Map<String, Fault> counting() {
        return counting;
    }

    /** Those that leave a running device without its protection. */
    Map<String, Fault> blinding() {
        return blinding;
    }

    /**
     * Looks at all points once.
     *
     * @param gatewayHeard when its gateway was last heard: what is silent since then waits for the gateway
     * @param close whether an alarm of the device is open: then a reading now and then is not enough
     */
    void look(Hearing hearing, long gatewayHeard, boolean close) {
        Map<String, Fault> counted = new HashMap<>();
        Map<String, Fault> blind = new HashMap<>();
        boolean runs = runs();
        for (int place = 0; place < live.states().length; place++) {
            PointRule rule = live.device().rule(place);
            if (!isJudged(rule, live.states()[place])) {
                since.remove(place);
                continue;
            }
            Fault fault = told(place, hearing.now());
            long silence = gatewayHeard - Math.max(live.states()[place].arrivedAt(), hearing.from());
            String point = live.id() + "." + rule.name();
            if (fault == null) {
                since.remove(place);
                long most = close ? rule.gap() : rule.silentAfter();
                if (silence > most) {
                    counted.put(point, Fault.SILENT);
                }
                if (runs && rule.protects() && silence > Math.max(BLIND_MILLIS, rule.inARow())) {
                    blind.put(point, Fault.SILENT);
                }
                continue;
            }
            long began = since.computeIfAbsent(place, _ -> hearing.now());
            if (hearing.now() - began >= COUNTS_MILLIS || close) {
                counted.put(point, fault);
            }
            if (runs && rule.protects() && hearing.now() - began >= BLIND_MILLIS) {
                blind.put(point, fault);
            }
        }
        counting = counted;
        blinding = blind;
    }

    private static boolean isJudged(PointRule rule, PointState state) {
        return rule.gravest()
                && !rule.manual()
                && rule.point().kind() != PointKind.STATIC
                && state.isKnown()
                && !hasAlarm(state.low())
                && !hasAlarm(state.high());
    }

    private static boolean hasAlarm(Side side) {
        return side.is(Phase.BROKEN) || side.is(Phase.RETURNING) || side.is(Phase.RETURNED);
    }

    /** What the last reading itself says is wrong, or null. */
    private @Nullable Fault told(int place, long now) {
        PointRule rule = live.device().rule(place);
        Sample last = live.states()[place].last();
        if (last.quality() == Quality.SENSOR_FAULT || last.quality() == Quality.MISSING) {
            return Fault.CODED;
        }
        if (last.quality() == Quality.OUT_OF_RANGE || !rule.isBelievable(last.value())) {
            boolean drives = rule.depth(Direction.LOW, last.value(), false) != Side.NONE
                    || rule.depth(Direction.HIGH, last.value(), false) != Side.NONE;
            return rule.analogue() && drives ? null : Fault.IMPOSSIBLE;
        }
        boolean contradicted = rule.name().equals("AL_CASTING")
                && live.device().gates().isContradicted(live.states(), live.memory(), now);
        return contradicted ? Fault.FAILED : null;
    }

    /** Whether the last good word is that it runs: a cast that can't be seen any more goes on. */
    boolean runs() {
        for (Map.Entry<Integer, Set<Integer>> each : runs.entrySet()) {
            double state = live.states()[each.getKey()].good();
            if (state == Math.rint(state) && each.getValue().contains((int) state)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it can't wait: it runs, or something may be wrong with it. */
    boolean isUrgent() {
        return !since.isEmpty() || !counting.isEmpty() || runs() || hasCode();
    }

    private boolean hasCode() {
        for (PointState state : live.states()) {
            int quality = state.last().quality();
            if (quality == Quality.SENSOR_FAULT || quality == Quality.MISSING || quality == Quality.OUT_OF_RANGE) {
                return true;
            }
        }
        return false;
    }

    /** Whether all that can be faulty of it was heard in this window and is good. */
    boolean isProven(Hearing hearing) {
        for (int place = 0; place < live.states().length; place++) {
            PointState state = live.states()[place];
            if (isJudged(live.device().rule(place), state) && state.arrivedAt() < hearing.from()) {
                return false;
            }
        }
        return counting.isEmpty() && blinding.isEmpty();
    }

    /** The points that a running device is protected by: it is blind without them when its gateway is silent. */
    Map<String, Fault> protection() {
        List<String> points = new ArrayList<>();
        for (int place = 0; place < live.states().length; place++) {
            PointRule rule = live.device().rule(place);
            if (rule.protects() && isJudged(rule, live.states()[place])) {
                points.add(live.id() + "." + rule.name());
            }
        }
        Map<String, Fault> silent = new HashMap<>();
        points.forEach(point -> silent.put(point, Fault.SILENT));
        return silent;
    }

    LiveDevice device() {
        return live;
    }
}
