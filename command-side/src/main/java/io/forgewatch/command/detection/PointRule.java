package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Severity;
import org.jspecify.annotations.Nullable;

/** A point's limits as the watch applies them to each reading. Depth 0 is none, 1 the inner limit (L, H), 2 the outer one. */
final class PointRule {

    private static final double JUMP = 0.2;
    private static final long FROZEN_MILLIS = 1_800_000;

    private final MonitoringPoint point;
    private final double ll;
    private final double l;
    private final double h;
    private final double hh;
    private final double lowBack;
    private final double highBack;
    private final double llBack;
    private final double hhBack;
    private final double span;

    PointRule(MonitoringPoint point) {
        this.point = point;
        Limits limits = point.limits();
        span = point.spanHigh() - point.spanLow();
        double deadband = span * point.deadbandPercent() / 100;
        ll = or(limits.ll(), Double.NEGATIVE_INFINITY);
        l = limits.l() == null ? ll : limits.l();
        hh = or(limits.hh(), Double.POSITIVE_INFINITY);
        h = limits.h() == null ? hh : limits.h();
        // Where the limits are closer together than two deadbands, the middle is back from both.
        double middle = (l + h) / 2;
        lowBack = Double.isFinite(middle) ? Math.min(l + deadband, middle) : l + deadband;
        highBack = Double.isFinite(middle) ? Math.max(h - deadband, middle) : h - deadband;
        llBack = ll + deadband;
        hhBack = hh - deadband;
    }

    private static double or(@Nullable Double limit, double none) {
        return limit == null ? none : limit;
    }

    MonitoringPoint point() {
        return point;
    }

    boolean analogue() {
        return point.kind() == PointKind.AI;
    }

    boolean gravest() {
        return point.severity() == Severity.A;
    }

    Gate gate() {
        return point.gate();
    }

    boolean watches(Direction direction) {
        return switch (direction) {
            case LOW -> analogue() && Double.isFinite(l);
            case HIGH -> analogue() && Double.isFinite(h);
            case STATE ->
                point.kind() == PointKind.DI && !point.limits().alarmStates().isEmpty();
            case QUALITY, OFFLINE, AREA -> false;
        };
    }

    /** How deep a value breaks the limits of a direction; at a limit is beyond it. */
    int depth(Direction direction, double value) {
        return switch (direction) {
            case LOW -> value <= ll ? 2 : value <= l ? 1 : 0;
            case HIGH -> value >= hh ? 2 : value >= h ? 1 : 0;
            case STATE -> isAlarmState(value) ? 2 : 0;
            case QUALITY, OFFLINE, AREA -> 0;
        };
    }

    private boolean isAlarmState(double value) {
        return value == Math.rint(value) && point.limits().alarmStates().contains((int) value);
    }

    /** Whether a value is back beyond the deadband of the inner limit. */
    boolean isBack(Direction direction, double value) {
        return switch (direction) {
            case LOW -> value >= lowBack && value > l;
            case HIGH -> value <= highBack && value < h;
            case STATE -> value == Math.rint(value) && !isAlarmState(value);
            case QUALITY, OFFLINE, AREA -> throw notOfALimit(direction);
        };
    }

    /** Whether a value is back beyond the deadband of the outer limit; it can still break the inner one. */
    boolean isBackFromOuter(Direction direction, double value) {
        return switch (direction) {
            case LOW -> value >= llBack && value > ll;
            case HIGH -> value <= hhBack && value < hh;
            case STATE, QUALITY, OFFLINE, AREA -> isBack(direction, value);
        };
    }

    Limit limit(Direction direction, int depth) {
        return switch (direction) {
            case LOW -> depth == 2 ? Limit.LL : Limit.L;
            case HIGH -> depth == 2 ? Limit.HH : Limit.H;
            case STATE -> point.limits().interlock() ? Limit.INTERLOCK : Limit.STATE;
            case QUALITY, OFFLINE, AREA -> throw notOfALimit(direction);
        };
    }

    private static IllegalArgumentException notOfALimit(Direction direction) {
        return new IllegalArgumentException("A value breaks no limit of direction " + direction);
    }

    /** The number behind a limit, null for states. */
    @Nullable
    Double threshold(Direction direction, int depth) {
        return switch (direction) {
            case LOW -> depth == 2 ? ll : l;
            case HIGH -> depth == 2 ? hh : h;
            case STATE, QUALITY, OFFLINE, AREA -> null;
        };
    }

    boolean isJump(double from, double to) {
        return analogue() && Math.abs(to - from) > JUMP * span;
    }

    /** How long an analogue value may stay the same, in milliseconds. */
    long frozenAfter() {
        return Math.max(100_000L * point.sampleSeconds(), FROZEN_MILLIS);
    }

    /** After how long without a reading the point counts as silent, in milliseconds. */
    long silentAfter() {
        return Math.max(5_000L * point.sampleSeconds(), 60_000);
    }
}
