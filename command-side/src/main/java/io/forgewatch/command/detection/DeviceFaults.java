package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.telemetry.Quality;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the readings of a device's points of severity A, and of those that say whether it runs (dossier §3): silent,
 * coded, impossible, failed. A point with an open limit alarm has none of its own, nor one that never sent anything, nor one that
 * people read. But whatever can't be evaluated counts as failed, of any severity and whether or not it was ever read: nobody judges
 * it, as with a dead sensor.
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
    /** Since when a fault is there, by the place of the point. */
    private final Map<Integer, Long> since = new HashMap<>();

    private Map<String, Fault> counting = Map.of();
    private Map<String, Fault> blinding = Map.of();
    private Set<String> good = Set.of();
    private Map<String, Throwable> unlooked = Map.of();

    DeviceFaults(LiveDevice live) {
        this.live = live;
        for (Map.Entry<String, Set<Integer>> each : RUNNING.entrySet()) {
            int place = live.device().place(each.getKey());
            if (place >= 0) {
                runs.put(place, each.getValue());
            }
        }
    }

    LiveDevice device() {
        return live;
    }

    /** Those that count, by the points {@code <device>.<indicator>}. */
    Map<String, Fault> counting() {
        return counting;
    }

    /** Those that leave a running device without its protection. */
    Map<String, Fault> blinding() {
        return blinding;
    }

    /** Whether a point was heard in this window, is heard on, and nothing is wrong with it; or has an alarm of its limits. */
    boolean isGood(String point) {
        return good.contains(point);
    }

    /** The points at which it could not even be looked the last time, and why. */
    Map<String, Throwable> unlooked() {
        return unlooked;
    }

    /** Looks at all points once; what one fails with fails for it alone. */
    void look(Hearing hearing, WorksHearing works) {
        Look look = new Look(hearing, works);
        for (int place = 0; place < live.states().length; place++) {
            look.at(place);
        }
        for (String unbuilt : live.device().unbuilt().keySet()) {
            if (!works.hasLimitAlarm(live, unbuilt)) {
                look.counted.put(point(unbuilt), Fault.FAILED);
            }
        }
        counting = look.counted;
        blinding = look.blind;
        good = look.fine;
        unlooked = look.failures;
    }

    private String point(String indicator) {
        return live.id() + "." + indicator;
    }

    /** When a point was heard last, by what the partition had heard; no earlier than since when it is heard here. */
    private long heardAt(int place, Hearing hearing) {
        return Math.max(live.remembered(place).heardAt(), hearing.from());
    }

    /** One look at all points, and what it finds. */
    private final class Look {
        private final Hearing hearing;
        private final WorksHearing works;
        private final boolean running = runs();
        private final Map<String, Fault> counted = new HashMap<>();
        private final Map<String, Fault> blind = new HashMap<>();
        private final Set<String> fine = new HashSet<>();
        private final Map<String, Throwable> failures = new HashMap<>();

        Look(Hearing hearing, WorksHearing works) {
            this.hearing = hearing;
            this.works = works;
        }

        void at(int place) {
            PointRule rule = live.device().rule(place);
            try {
                at(place, rule);
            } catch (KafkaException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                failures.put(rule.name(), e);
                failed(place, rule);
            }
        }

        private void at(int place, PointRule rule) {
            if (works.isOutOfForce(live, rule, live.states()[place], hearing.now())) {
                failed(place, rule);
            } else if (!isJudged(place)) {
                since.remove(place);
            } else if (works.hasLimitAlarm(live, rule)) {
                since.remove(place);
                fine.add(point(rule.name()));
            } else {
                judge(place, rule);
            }
        }

        /** Its sensor was accepted to be dead: nobody waits for a minute to see whether it is. */
        private void failed(int place, PointRule rule) {
            since.remove(place);
            counted.put(point(rule.name()), Fault.FAILED);
            if (running && rule.protects()) {
                blind.put(point(rule.name()), Fault.FAILED);
            }
        }

        private void judge(int place, PointRule rule) {
            String point = point(rule.name());
            GatewayHearing gateway = works.gatewayOf(live, rule.name());
            boolean named = works.isNamed(point);
            Fault told = told(place, hearing.now());
            long lasts = told == null ? 0 : hearing.now() - since.computeIfAbsent(place, _ -> hearing.now());
            if (told == null) {
                since.remove(place);
            }
            long heardAt = heardAt(place, hearing);
            long silence = gateway == null ? 0 : gateway.heardAt() - Math.max(heardAt, gateway.since());
            boolean silent = silence > (named ? rule.gap() : rule.silentAfter()) && !isBroken(place);
            Fault fault = silent ? Fault.SILENT : told;
            if (fault != null && (fault == Fault.SILENT || named || lasts >= COUNTS_MILLIS)) {
                counted.put(point, fault);
            }
            if (running && rule.protects()) {
                long blink = gateway == null ? 0 : gateway.heardAt() - Math.max(heardAt, gateway.steadySince());
                if (counted.containsKey(point) || lasts >= BLIND_MILLIS) {
                    blind.put(point, fault == null ? Fault.SILENT : fault);
                } else if (blink > Math.max(BLIND_MILLIS, rule.inARow())) {
                    blind.put(point, Fault.SILENT);
                }
            }
            boolean heard = live.remembered(place).heardAt() >= hearing.from();
            if (fault == null && heard && silence <= rule.gap() && !blind.containsKey(point)) {
                fine.add(point);
            }
        }
    }

    private boolean isBroken(int place) {
        BrokenPoints broken = live.memory().broken();
        return broken.isAny() && broken.is(live.device().rule(place).name());
    }

    private boolean isJudged(int place) {
        if (isBroken(place)) {
            return true;
        }
        PointRule rule = live.device().rule(place);
        boolean sent =
                live.states()[place].isKnown() || live.remembered(place).clock().isSlow();
        return (rule.gravest()
                        || runs.containsKey(place)
                        || live.device().gates().isGate(place))
                && !rule.manual()
                && rule.point().kind() != PointKind.STATIC
                && sent;
    }

    /** What the last reading itself says is wrong, or null. */
    private @Nullable Fault told(int place, long now) {
        if (isBroken(place)) {
            return Fault.FAILED;
        }
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
    boolean isUrgent(long now) {
        return !since.isEmpty()
                || !counting.isEmpty()
                || runs()
                || mayBeFaulty()
                || live.memory().broken().isAny()
                || !live.device().unbuilt().isEmpty()
                || live.device().gates().isContradicted(live.states(), live.memory(), now);
    }

    /** When the first of its points would count as silent if no more came, by what the partition will have heard. */
    long silentAt(Hearing hearing) {
        return judged().mapToLong(place ->
                        heardAt(place, hearing) + live.device().rule(place).silentAfter())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private IntStream judged() {
        return IntStream.range(0, live.states().length).filter(this::isJudged);
    }

    /** By its last word; or beyond a limit, whose alarm leaves a fault at once where a decision ends it. */
    private boolean mayBeFaulty() {
        for (PointState state : live.states()) {
            int quality = state.last().quality();
            if (quality == Quality.SENSOR_FAULT
                    || quality == Quality.MISSING
                    || quality == Quality.OUT_OF_RANGE
                    || state.low().isUnderWay()
                    || state.high().isUnderWay()) {
                return true;
            }
        }
        return false;
    }

    /** The points that a running device is protected by: it is blind without them when its gateway is silent. */
    Map<String, Fault> protection(WorksHearing works) {
        return judged().mapToObj(live.device()::rule)
                .filter(rule -> rule.protects() && !works.hasLimitAlarm(live, rule))
                .collect(Collectors.toMap(rule -> point(rule.name()), rule -> Fault.SILENT));
    }
}
