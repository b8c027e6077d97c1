package io.forgewatch.event.telemetry;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway sent at once, as one record of the Kafka topic {@code forgewatch.telemetry}. The head says who sent what and
 * how it was answered, so that the answer can be given again after a restart; the accepted readings follow in columns. Written
 * by {@link FrameWriter}, which documents the bytes.
 *
 * <p>Reading the head makes no columns; {@link #readings()} goes through the columns without making an object for a reading.
 */
public final class Frame {

    static final short MAGIC = 0x4657;
    static final byte VERSION = 1;

    /** Most readings that a frame can have. */
    public static final int MAX_READINGS = 2_000;

    static final int DIGEST_LENGTH = 32;

    /** A reading that was not taken: its place in the body, from 0, and why. */
    public record Refused(int index, RefusalCode code) {}

    private final byte[] bytes;
    private final String enterpriseId;
    private final String gatewayId;
    private final long sequence;
    private final long arrivedAt;
    private final byte[] digest;
    private final int size;
    private final List<Refused> refused;
    private final int columns;

    private Frame(byte[] bytes) {
        this.bytes = bytes;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getShort() != MAGIC || in.get() != VERSION) {
            throw new FrameFormatException("Not a frame of version " + VERSION);
        }
        arrivedAt = in.getLong();
        sequence = in.getLong();
        digest = new byte[DIGEST_LENGTH];
        in.get(digest);
        enterpriseId = text(in);
        gatewayId = text(in);
        size = count(in, MAX_READINGS);
        int refusals = count(in, MAX_READINGS);
        List<Refused> list = new ArrayList<>(refusals);
        for (int i = 0; i < refusals; i++) {
            list.add(new Refused(count(in, MAX_READINGS - 1), RefusalCode.at(in.get() & 0xff)));
        }
        refused = List.copyOf(list);
        columns = in.position();
    }

    /**
     * Whether a record of the frames' topic is a frame in a form that came after this code: its readings can be read by newer code,
     * and must not be taken for none.
     */
    public static boolean isOfNewerVersion(byte @Nullable [] bytes) {
        return bytes != null
                && bytes.length > Short.BYTES
                && bytes[0] == MAGIC >> 8
                && bytes[1] == (MAGIC & 0xff)
                && (bytes[2] & 0xff) > VERSION;
    }

    /**
     * Reads the head.
     *
     * @param bytes a record's value; kept, not copied
     * @throws FrameFormatException when it is no frame; broken columns are found by {@link #readings()}
     */
    public static Frame of(byte[] bytes) {
        try {
            return new Frame(bytes);
        } catch (BufferUnderflowException e) {
            throw new FrameFormatException("The frame ends in its head");
        }
    }

    public String enterpriseId() {
        return enterpriseId;
    }

    public String gatewayId() {
        return gatewayId;
    }

    /** The gateway's number for it, 64 bits unsigned. */
    public long sequence() {
        return sequence;
    }

    /** When it came in, by the door's clock. */
    public Instant arrivedAt() {
        return Instant.ofEpochMilli(arrivedAt);
    }

    /** When it came in, by the door's clock, in epoch milliseconds. */
    public long arrivedAtMillis() {
        return arrivedAt;
    }

    /** SHA-256 of the body as it was sent. */
    public byte[] digest() {
        return digest.clone();
    }

    /** How many readings were accepted: as many are in the columns. */
    public int size() {
        return size;
    }

    /** The readings that were not taken, in the order of the body. */
    public List<Refused> refused() {
        return refused;
    }

    /**
     * A cursor before the first accepted reading.
     *
     * @throws FrameFormatException when the columns are broken
     */
    public Readings readings() {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes, columns, bytes.length - columns);
            String[] devices = dictionary(in);
            String[] indicators = dictionary(in);
            return new Readings(bytes, in, size, arrivedAt, devices, indicators);
        } catch (BufferUnderflowException e) {
            throw new FrameFormatException("The frame ends in its columns");
        }
    }

    private static String[] dictionary(ByteBuffer in) {
        String[] words = new String[count(in, MAX_READINGS)];
        for (int i = 0; i < words.length; i++) {
            words[i] = text(in);
        }
        return words;
    }

    private static String text(ByteBuffer in) {
        int length = in.get() & 0xff;
        if (length > in.remaining()) {
            throw new FrameFormatException("A name is longer than what is left of the frame");
        }
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    static int count(ByteBuffer in, int most) {
        long value = Varints.read(in);
        if (value < 0 || value > most) {
            throw new FrameFormatException("A count of " + value + " is more than " + most);
        }
        return (int) value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame && Arrays.equals(bytes, frame.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Frame " + Long.toUnsignedString(sequence) + " of " + gatewayId + ", " + size + " readings";
    }
}
