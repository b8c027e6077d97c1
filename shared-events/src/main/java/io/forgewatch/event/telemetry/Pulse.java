package io.forgewatch.event.telemetry;

import java.nio.ByteBuffer;

/**
 * A door's sign of life among the frames: magic 'FP' (2), version (1), when it was sent (8). Each open door sends one to every
 * partition now and then, so that whoever reads a partition can tell a gateway's silence from a time in which no frame could come.
 *
 * @param atMillis by the door's clock, epoch milliseconds
 */
public record Pulse(long atMillis) {

    private static final short MAGIC = 0x4650;
    private static final byte VERSION = 1;
    private static final int LENGTH = 11;

    /** Whether a record of the frames' topic is a pulse and no frame. */
    public static boolean isOne(byte[] bytes) {
        return bytes.length == LENGTH && bytes[0] == MAGIC >> 8 && bytes[1] == (MAGIC & 0xff) && bytes[2] == VERSION;
    }

    /** Reads one; {@link #isOne} must be true. */
    public static Pulse of(byte[] bytes) {
        return new Pulse(ByteBuffer.wrap(bytes, 3, 8).getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putShort(MAGIC)
                .put(VERSION)
                .putLong(atMillis)
                .array();
    }
}
