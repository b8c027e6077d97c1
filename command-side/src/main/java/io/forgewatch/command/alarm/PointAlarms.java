package io.forgewatch.command.alarm;

import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of one point and direction: at most one is open.
 *
 * @param open the open one, or null; a late alarm never is
 * @param cleared the last that was cleared or ended, or null
 * @param known onsets, epoch milliseconds, of the latest alarms, late ones too, oldest first, at most {@value #REMEMBERED}
 * @param raised when alarms were raised within the 24 h before the newest, or before its end, epoch milliseconds, without late ones,
 *     oldest first
 * @param outOfForce that breaches of before are not heard for a time, or null
 */
public record PointAlarms(
        @Nullable Open open,
        @Nullable Cleared cleared,
        List<Long> known,
        List<Long> raised,
        @Nullable OutOfForce outOfForce) {

    private static final int REMEMBERED = 100;
    private static final Duration DAY = Duration.ofHours(24);

    /**
     * An alarm that is neither cleared nor ended.
     *
     * @param limit the highest it reached
     * @param breachedAt when the present, or if it returned the last, time in breach began
     * @param saidAt when detection said so, by arrival: what it said of the point before is old
     * @param returnedAt since when the value is back, or null while it is not
     * @param settledAt when it was shown to stay back, or null; begins anew with each breach
     * @param claim that its sensor is dead, on which nobody decided yet, or null
     * @param inBreachMillis time in breach before {@code breachedAt}, and up to the return if it returned
     */
    public record Open(
            AlarmId id,
            Limit limit,
            Severity severity,
            boolean acknowledged,
            Instant breachedAt,
            Instant saidAt,
            @Nullable Instant returnedAt,
            @Nullable Instant settledAt,
            @Nullable SensorFaultClaimed claim,
            long inBreachMillis) {

        /** 消警 at HH, LL or a state asks a person for cause and measure, whatever the severity; all else clears by itself. */
        boolean clearsByItself() {
            return !limit.extreme();
        }

        Open upgraded(Limit to, Severity graver, Instant at) {
            return new Open(id, to, graver, acknowledged, breachedAt, at, returnedAt, settledAt, claim, inBreachMillis);
        }

        Open noticed() {
            return new Open(
                    id, limit, severity, true, breachedAt, saidAt, returnedAt, settledAt, claim, inBreachMillis);
        }

        Open returned(Instant at) {
            long further = Math.max(0, Duration.between(breachedAt, at).toMillis());
            return new Open(
                    id, limit, severity, acknowledged, breachedAt, saidAt, at, null, claim, inBreachMillis + further);
        }

        Open breachedAgain(Instant at, long inBreachBefore) {
            return new Open(id, limit, severity, acknowledged, at, at, null, null, claim, inBreachBefore);
        }

        Open claimed(@Nullable SensorFaultClaimed by) {
            return new Open(
                    id, limit, severity, acknowledged, breachedAt, saidAt, returnedAt, settledAt, by, inBreachMillis);
        }

        Open settled(Instant at) {
            return new Open(
                    id, limit, severity, acknowledged, breachedAt, saidAt, returnedAt, at, claim, inBreachMillis);
        }
    }

    /**
     * An alarm that is over.
     *
     * @param returnedAt when its value came back, by detection's clock; when it ended, if it had not
     */
    public record Cleared(AlarmId id, Instant returnedAt, Instant clearedAt, boolean byItself) {}

    public PointAlarms {
        known = List.copyOf(known);
        raised = List.copyOf(raised);
    }

    static PointAlarms none() {
        return new PointAlarms(null, null, List.of(), List.of(), null);
    }

    /** How many were raised within the 24 h before that moment. */
    int within24h(Instant at) {
        return since(at).size();
    }

    boolean knows(long onset) {
        return known.contains(onset);
    }

    PointAlarms opened(Open alarm, Instant at) {
        List<Long> recent =
                Stream.concat(since(at).stream(), Stream.of(at.toEpochMilli())).toList();
        return new PointAlarms(
                alarm,
                cleared,
                latest(known, alarm.id().onset()),
                recent.subList(Math.max(0, recent.size() - REMEMBERED), recent.size()),
                null);
    }

    /** One that was over when it was found. */
    PointAlarms late(AlarmId alarm) {
        return new PointAlarms(open, cleared, latest(known, alarm.onset()), raised, outOfForce);
    }

    PointAlarms with(Open alarm) {
        return new PointAlarms(alarm, cleared, known, raised, outOfForce);
    }

    /** What was raised a day and more before is forgotten: nothing may ever come of the point again. */
    PointAlarms closed(Cleared alarm) {
        return new PointAlarms(null, alarm, known, since(alarm.clearedAt()), outOfForce);
    }

    private List<Long> since(Instant at) {
        long from = at.minus(DAY).toEpochMilli();
        return raised.stream().filter(each -> each > from).toList();
    }

    PointAlarms without(@Nullable OutOfForce force) {
        return new PointAlarms(open, cleared, known, raised, force);
    }

    /** Whether that breach is of a sensor that was accepted to be dead. */
    boolean isOutOfForce(long onset, Instant at) {
        return outOfForce != null && outOfForce.covers(onset, at);
    }

    private static List<Long> latest(List<Long> all, long one) {
        List<Long> more = Stream.concat(all.stream(), Stream.of(one)).toList();
        return more.subList(Math.max(0, more.size() - REMEMBERED), more.size());
    }
}
