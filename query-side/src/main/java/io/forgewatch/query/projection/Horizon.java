package io.forgewatch.query.projection;

/**
 * How far the events go, as far as this instance knows. No event has a position beyond the end: positions have no gaps, and records
 * that are in the topic twice only put the end further away.
 *
 * @param end the offset that the next record will have; 0 before it was looked for
 * @param looks how often it was looked for; of two looks after a moment the second began after it
 */
public record Horizon(long end, long looks) {

    static final Horizon UNKNOWN = new Horizon(0, 0);

    Horizon seen(long found) {
        return new Horizon(found, looks + 1);
    }
}
