package io.forgewatch.event.alarm;

import java.util.Set;

/** Which limit an alarm stands at. Within a direction a graver one takes the place of a lesser one, never the other way. */
public enum Limit {
    /** 低低限. */
    LL(Set.of(Direction.LOW), Gravity.OUTER),
    /** 低限. */
    L(Set.of(Direction.LOW), Gravity.INNER),
    /** 高限. */
    H(Set.of(Direction.HIGH), Gravity.INNER),
    /** 高高限. */
    HH(Set.of(Direction.HIGH), Gravity.OUTER),
    /** A discrete state that is an alarm, or a verdict on a device; counts as HH. */
    STATE(Set.of(Direction.STATE), Gravity.OUTER),
    /** 联锁未投入: an interlock that is not in force; has a base of its own in the risk model and no override. */
    INTERLOCK(Set.of(Direction.STATE), Gravity.INNER),
    /** 变化率: a value that changes too fast towards its limits on that side, though none is reached yet. */
    RATE(Set.of(Direction.LOW, Direction.HIGH), Gravity.EARLY),
    /** 数据故障: readings that are missing or cannot be believed. */
    FAULT(Set.of(Direction.QUALITY), Gravity.INNER),
    /** 离线. */
    OFFLINE(Set.of(Direction.OFFLINE), Gravity.INNER),
    /** 区域: what several points of an area say together. */
    AREA(Set.of(Direction.AREA), Gravity.INNER);

    /** From the least to the gravest within a direction. */
    private enum Gravity {
        EARLY,
        INNER,
        OUTER
    }

    private final Set<Direction> directions;
    private final Gravity gravity;

    Limit(Set<Direction> directions, Gravity gravity) {
        this.directions = directions;
        this.gravity = gravity;
    }

    /** Whether there is such a limit in that direction. */
    public boolean isOf(Direction direction) {
        return directions.contains(direction);
    }

    /** Whether it is the outer of the limits of a point: LL, HH or an alarm state. Asks a person at the end (dossier §3 "Ends"). */
    public boolean extreme() {
        return gravity == Gravity.OUTER;
    }

    /** Whether it takes the other's place in the same direction: RATE below L and H, those below LL and HH. */
    public boolean above(Limit other) {
        return gravity.compareTo(other.gravity) > 0;
    }
}
