package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;

/**
 * A value that moved away from where it should be, faster than the catalogue allows 突变 (dossier §2). It counts if the next sample
 * has not come back by half, or does not come.
 *
 * @param to the reading that it moved to
 * @param arrival when that arrived
 */
record Movement(double from, Sample to, long arrival) {

    Direction direction() {
        return to.value() < from ? Direction.LOW : Direction.HIGH;
    }

    boolean isUndoneBy(double value) {
        double back = (to.value() - value) / (to.value() - from);
        return back >= 0.5;
    }
}
