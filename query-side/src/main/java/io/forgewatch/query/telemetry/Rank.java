package io.forgewatch.query.telemetry;

/**
 * The place of a frame in its partition, as one number that only grows: which life of the topic, then the offset. A topic that was
 * made again begins with offset 0, and what it has is later all the same.
 */
final class Rank {

    private static final int OFFSET_BITS = 44;

    private Rank() {}

    /** @param offset below 2^44 */
    static long of(long life, long offset) {
        return (life << OFFSET_BITS) | offset;
    }

    static long life(long rank) {
        return rank >> OFFSET_BITS;
    }

    static long offset(long rank) {
        return rank & ((1L << OFFSET_BITS) - 1);
    }
}
