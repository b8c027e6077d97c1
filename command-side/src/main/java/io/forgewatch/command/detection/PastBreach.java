package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;

/**
 * A breach among readings that arrived too late to be live 迟到报警 (dossier §8): it is kept, and never pushed.
 *
 * @param onset the first reading beyond the limit
 * @param worst the last one of the greatest depth
 * @param depth the greatest: {@link Side#INNER} or {@link Side#OUTER}
 * @param lastAt the device's time of the last reading of it
 * @param told whether it was said
 */
record PastBreach(Direction direction, Sample onset, Sample worst, int depth, long lastAt, boolean told) {

    static PastBreach began(Direction direction, Sample reading, int depth) {
        return new PastBreach(direction, reading, reading, depth, reading.at(), false);
    }

    PastBreach further(Sample reading, int reached) {
        return new PastBreach(
                direction,
                onset,
                reached >= depth ? reading : worst,
                Math.max(depth, reached),
                Math.max(lastAt, reading.at()),
                told);
    }

    PastBreach tell() {
        return new PastBreach(direction, onset, worst, depth, lastAt, true);
    }
}
