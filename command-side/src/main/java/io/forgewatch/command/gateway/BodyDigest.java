package io.forgewatch.command.gateway;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first 128 bits of a body's SHA-256: enough to tell a gateway's bodies from each other, half as much to remember. Who would
 * find two that agree knows the gateway's secret, and gains an answer that fits another body of his own.
 */
record BodyDigest(long high, long low) {

    static final int BYTES = 2 * Long.BYTES;

    /** @param sha256 32 bytes; a header that says so can have fewer: the rest is zero then */
    static BodyDigest of(byte[] sha256) {
        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(sha256, BYTES));
        return new BodyDigest(in.getLong(), in.getLong());
    }
}
