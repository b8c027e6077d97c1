package io.forgewatch.event.alarm;

/** Which limit an alarm stands at. */
public enum Limit {
    LL(Direction.LOW, true),
    L(Direction.LOW, false),
    H(Direction.HIGH, false),
    HH(Direction.HIGH, true),
    /** A discrete state that is an alarm; counts as HH. */
    STATE(Direction.STATE, true),
    /** 联锁未投入: an interlock that is not in force; has a base of its own in the risk model and no override. */
    INTERLOCK(Direction.STATE, false);

    private final Direction direction;
    private final boolean extreme;

    Limit(Direction direction, boolean extreme) {
        this.direction = direction;
        this.extreme = extreme;
    }

    public Direction direction() {
        return direction;
    }

    /** Whether it is the outer of the limits in its direction: LL, HH or an alarm state. */
    public boolean extreme() {
        return extreme;
    }
}
