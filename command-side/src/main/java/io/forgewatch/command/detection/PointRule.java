package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.EffectiveLimits;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Rate;
import io.forgewatch.event.equipment.SetValue;
import io.forgewatch.event.equipment.Severity;
import org.jspecify.annotations.Nullable;

/** A point's limits and times as the watch applies them to each reading: what was registered, and what the catalogue says of it. */
final class PointRule {

    private static final double JUMP = 0.2;
    /** Below a guessed span by more than this share of it, a value is not believed to be back. */
    private static final double FAR_BELOW = 0.1;
    /** Only where samples come at least so often can a value be said to jump between two of them. */
    private static final int JUDGED_FOR_JUMPS_SECONDS = 10;
    /** While a cast begins or ends, water and speed are ramped: 60 % of the set value are enough [P]. */
    private static final double RAMP = 0.6;

    private static final long SETTLING_A_MILLIS = 300_000;
    private static final long SETTLING_MILLIS = 60_000;
    private static final long SHORTEST_GAP_MILLIS = 15_000;
    private static final long SHORTEST_SILENCE_MILLIS = 60_000;

    private final MonitoringPoint point;
    private final @Nullable Indicator indicator;
    private final Bounds bounds;
    private final Bounds ramp;
    private final double span;
    private final double fastest;
    private final @Nullable Double set;

    /** @param indicator what the catalogue says, or null where it knows the point no more */
    PointRule(MonitoringPoint point, @Nullable Indicator indicator) {
        this.point = point;
        this.indicator = indicator;
        set = indicator == null ? point.set() : SetValue.of(point, indicator);
        span = point.spanHigh() - point.spanLow();
        bounds = Bounds.of(EffectiveLimits.of(point));
        ramp = ramp(point, indicator);
        Rate rate = indicator == null ? null : indicator.rate();
        fastest = rate == null ? Double.POSITIVE_INFINITY : fastest(rate);
    }

    private double fastest(Rate rate) {
        return rate.share() ? rate.perSecond() * (set == null ? span : set) : rate.perSecond();
    }

    /**
     * While a cast begins or ends, water goes by the set value of the phase. That is not installed yet, so a share of the cast's
     * own serves for the lower limits; the upper ones stay, since the ramp ends there.
     */
    private Bounds ramp(MonitoringPoint point, @Nullable Indicator indicator) {
        if (indicator == null || set == null || indicator.gate() != Gate.CASTING) {
            return bounds;
        }
        Rate rate = indicator.rate();
        if (rate == null || !rate.share()) {
            return bounds;
        }
        Limits less = SetValue.limits(point, indicator, RAMP * set);
        return bounds.withLower(Bounds.of(EffectiveLimits.of(point, less)));
    }

    /** 工艺设定 of the cast, in the unit, or null where there is none. */
    @Nullable
    Double set() {
        return set;
    }

    MonitoringPoint point() {
        return point;
    }

    String name() {
        return point.indicator();
    }

    boolean analogue() {
        return point.kind() == PointKind.AI;
    }

    boolean gravest() {
        return point.severity() == Severity.A;
    }

    boolean manual() {
        return point.manual();
    }

    /** When the limits of a direction count. */
    Gate gate(Direction direction) {
        if (indicator == null) {
            return point.gate();
        }
        return direction == Direction.LOW && indicator.lowGate() != null ? indicator.lowGate() : indicator.gate();
    }

    /** The point of the device, a command, from which this one may not differ, or null. */
    @Nullable
    String command() {
        return indicator == null ? null : indicator.differsFrom();
    }

    /** The bounds in force. */
    Bounds bounds(boolean ramped) {
        return ramped ? ramp : bounds;
    }

    boolean watches(Direction direction) {
        return switch (direction) {
            case LOW, HIGH -> analogue() && (bounds.limits(direction) || isWatchedForRate());
            case STATE ->
                point.kind() == PointKind.DI && (!point.limits().alarmStates().isEmpty() || command() != null);
            case QUALITY, OFFLINE, AREA -> false;
        };
    }

    /** Whether there can be a limit in a direction: analogue points have LOW and HIGH, others keep STATE in the place of HIGH. */
    boolean isOf(Direction direction) {
        return analogue() ? direction != Direction.STATE : direction == Direction.STATE;
    }

    /** How deep a value breaks the limits of a direction. */
    int depth(Direction direction, double value, boolean ramped) {
        return direction == Direction.STATE
                ? isAlarmState(value) ? Side.OUTER : Side.NONE
                : bounds(ramped).depth(direction, value);
    }

    /** Whether a value is one of the states that the point can have. */
    boolean hasState(int state) {
        return indicator != null && indicator.states().contains(state);
    }

    private boolean isAlarmState(double value) {
        if (value != Math.rint(value)) {
            return false;
        }
        return indicator == null
                ? point.limits().alarmStates().contains((int) value)
                : indicator.isAlarm(point.limits(), (int) value);
    }

    /** Whether a value is back, a deadband inside of the limits; of a mere movement any that breaks no limit is. */
    boolean isBack(Direction direction, Side side, double value, boolean ramped) {
        if (depth(direction, value, ramped) != Side.NONE) {
            return false;
        }
        return direction == Direction.STATE
                ? value == Math.rint(value)
                : side.level() == Side.RATE || bounds(ramped).isBack(direction, value);
    }

    /** Whether a value can be what it should be: one that lies where the point has no limit to say so need not. */
    boolean isBelievable(double value) {
        return !analogue()
                || point.range() != null
                || bounds.limits(Direction.LOW)
                || value >= point.spanLow() - FAR_BELOW * span;
    }

    Limit limit(Direction direction, int level) {
        return switch (direction) {
            case LOW -> level == Side.RATE ? Limit.RATE : level == Side.OUTER ? Limit.LL : Limit.L;
            case HIGH -> level == Side.RATE ? Limit.RATE : level == Side.OUTER ? Limit.HH : Limit.H;
            case STATE -> point.limits().interlock() ? Limit.INTERLOCK : Limit.STATE;
            case QUALITY -> Limit.FAULT;
            case OFFLINE -> Limit.OFFLINE;
            case AREA -> Limit.AREA;
        };
    }

    /** The number behind a limit: null for states and movements. */
    @Nullable
    Double threshold(Direction direction, int level) {
        return level == Side.RATE ? null : bounds.threshold(direction, level);
    }

    boolean isWatchedForRate() {
        return fastest != Double.POSITIVE_INFINITY;
    }

    /** The fastest movement that is none, in the unit a second. */
    double fastest() {
        return fastest;
    }

    /** Where the value should be, or NaN where nothing says so. */
    double aim() {
        return set == null ? bounds.middle() : set;
    }

    /** Whether a device that runs is blind without it: water, melt level, protection. */
    boolean protects() {
        if (indicator == null) {
            return false;
        }
        return switch (indicator.topic()) {
            case COOLING_WATER, EMERGENCY_WATER, WATER_NEAR_METAL, PROTECTION -> true;
            // Of molten metal the levels, which are those that move fast.
            case MOLTEN_METAL -> indicator.rate() != null;
            case CARBON_MONOXIDE, GAS, LIFTING, EQUIPMENT -> false;
        };
    }

    boolean isJudgedForJumps() {
        return analogue() && point.sampleSeconds() <= JUDGED_FOR_JUMPS_SECONDS;
    }

    boolean isJump(double from, double to) {
        return Math.abs(to - from) > JUMP * span;
    }

    long delayOn(boolean jumped) {
        return jumped ? Math.max(point.delayOnMillis(), 2_000L * point.sampleSeconds()) : point.delayOnMillis();
    }

    long delayOff() {
        return point.delayOffMillis();
    }

    /** How long a value must be normal before 消警. */
    long settling() {
        return settling(point.severity());
    }

    /** The same of any alarm of a severity (dossier §3 "Ends"). */
    static long settling(Severity severity) {
        return severity == Severity.A ? SETTLING_A_MILLIS : SETTLING_MILLIS;
    }

    /** How far apart the arrivals of two good readings may be that are said to follow each other. */
    long gap() {
        return Math.max(SHORTEST_GAP_MILLIS, inARow());
    }

    /** How far apart two readings may be by the device's clock that follow each other. */
    long inARow() {
        return 3_000L * point.sampleSeconds();
    }

    /** How long an analogue value may stay the same, in milliseconds, or {@link Side#NEVER}. */
    long frozenAfter() {
        Integer seconds = indicator == null ? null : indicator.frozenAfterSeconds();
        return seconds == null || !analogue() ? Side.NEVER : seconds * 1_000L;
    }

    /** After how long without a reading the point counts as silent, in milliseconds. */
    long silentAfter() {
        return Math.max(5_000L * point.sampleSeconds(), SHORTEST_SILENCE_MILLIS);
    }
}
