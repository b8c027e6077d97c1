package io.forgewatch.event.telemetry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a {@link Frame}. Not to be shared between threads; used for one frame.
 *
 * <p>The bytes, numbers big-endian, {@code v} a variable-length number, {@code s} a length byte and UTF-8:
 *
 * <pre>
 * head     magic 'FW' (2), version (1), arrival (8), sequence (8), SHA-256 of the body (32),
 *          enterprise s, gateway s, accepted v, refused v, for each refused: index v, code (1)
 * columns  devices v and each s, indicators v and each s,
 *          lengths in bytes of the next three columns v v v,
 *          device indexes v, indicator indexes v, times v (zigzag difference, the first from the arrival),
 *          qualities (1 each), values (8 each, IEEE 754)
 * </pre>
 */
public final class FrameWriter {

    private static final int MOST_VARINT = 10;

    private final long arrivedAt;
    private final List<byte[]> devices = new ArrayList<>();
    private final List<byte[]> indicators = new ArrayList<>();
    private final List<Frame.Refused> refused = new ArrayList<>();
    private int dictionaryBytes;
    private int[] device = new int[512];
    private int[] indicator = new int[512];
    private long[] at = new long[512];
    private double[] value = new double[512];
    private byte[] quality = new byte[512];
    private int size;

    /** @param arrivedAt when the frame came in, in epoch milliseconds */
    public FrameWriter(long arrivedAt) {
        this.arrivedAt = arrivedAt;
    }

    /** Enters a device and returns its number in this frame. The caller enters each only once. */
    public int device(byte[] id) {
        return enter(devices, id);
    }

    /** Enters an indicator and returns its number in this frame. The caller enters each only once. */
    public int indicator(byte[] code) {
        return enter(indicators, code);
    }

    private int enter(List<byte[]> dictionary, byte[] word) {
        if (word.length > 255 || dictionary.size() == Frame.MAX_READINGS) {
            throw new IllegalArgumentException("A name of " + word.length + " bytes, or too many of them");
        }
        dictionary.add(word);
        dictionaryBytes += word.length + 1;
        return dictionary.size() - 1;
    }

    public void add(int deviceNumber, int indicatorNumber, long measuredAt, double measured, byte qualityCode) {
        if (size == Frame.MAX_READINGS) {
            throw new IllegalArgumentException("A frame has at most " + Frame.MAX_READINGS + " readings");
        }
        if (size == at.length) {
            grow();
        }
        device[size] = deviceNumber;
        indicator[size] = indicatorNumber;
        at[size] = measuredAt;
        value[size] = measured;
        quality[size] = qualityCode;
        size++;
    }

    private void grow() {
        int length = Math.min(size * 2, Frame.MAX_READINGS);
        device = Arrays.copyOf(device, length);
        indicator = Arrays.copyOf(indicator, length);
        at = Arrays.copyOf(at, length);
        value = Arrays.copyOf(value, length);
        quality = Arrays.copyOf(quality, length);
    }

    public void refuse(int index, RefusalCode code) {
        refused.add(new Frame.Refused(index, code));
    }

    /** How many readings were added so far. */
    public int size() {
        return size;
    }

    /** What was refused so far. */
    public List<Frame.Refused> refused() {
        return List.copyOf(refused);
    }

    /**
     * The frame's bytes.
     *
     * @param digest SHA-256 of the body, 32 bytes
     */
    public byte[] write(String enterpriseId, String gatewayId, long sequence, byte[] digest) {
        byte[] enterprise = enterpriseId.getBytes(StandardCharsets.UTF_8);
        byte[] gateway = gatewayId.getBytes(StandardCharsets.UTF_8);
        if (digest.length != Frame.DIGEST_LENGTH || enterprise.length > 255 || gateway.length > 255) {
            throw new IllegalArgumentException("A digest of " + digest.length + " bytes, or ids that are too long");
        }
        ByteBuffer columns = ByteBuffer.allocate(size * 16 + 64);
        int deviceLength = numbers(columns, device);
        int indicatorLength = numbers(columns, indicator);
        columns = times(columns);
        int atLength = columns.position() - deviceLength - indicatorLength;
        ByteBuffer out = ByteBuffer.allocate(80
                + enterprise.length
                + gateway.length
                + refused.size() * 4
                + dictionaryBytes
                + 7 * MOST_VARINT
                + columns.position()
                + size * 9);
        out.putShort(Frame.MAGIC).put(Frame.VERSION).putLong(arrivedAt).putLong(sequence);
        out.put(digest);
        text(out, enterprise);
        text(out, gateway);
        Varints.write(out, size);
        Varints.write(out, refused.size());
        for (Frame.Refused one : refused) {
            Varints.write(out, one.index());
            out.put((byte) one.code().ordinal());
        }
        dictionary(out, devices);
        dictionary(out, indicators);
        Varints.write(out, deviceLength);
        Varints.write(out, indicatorLength);
        Varints.write(out, atLength);
        out.put(columns.flip());
        out.put(quality, 0, size);
        for (int i = 0; i < size; i++) {
            out.putDouble(value[i]);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private int numbers(ByteBuffer out, int[] numbers) {
        int from = out.position();
        for (int i = 0; i < size; i++) {
            Varints.write(out, numbers[i]);
        }
        return out.position() - from;
    }

    /** Times can need ten bytes each where they lie far apart; mostly they need one or two. */
    private ByteBuffer times(ByteBuffer columns) {
        ByteBuffer out = columns;
        long before = arrivedAt;
        for (int i = 0; i < size; i++) {
            if (out.remaining() < MOST_VARINT) {
                out = ByteBuffer.wrap(Arrays.copyOf(out.array(), out.capacity() + (size - i) * MOST_VARINT))
                        .position(out.position());
            }
            Varints.write(out, Varints.zigzag(at[i] - before));
            before = at[i];
        }
        return out;
    }

    private static void dictionary(ByteBuffer out, List<byte[]> words) {
        Varints.write(out, words.size());
        for (byte[] word : words) {
            text(out, word);
        }
    }

    private static void text(ByteBuffer out, byte[] word) {
        out.put((byte) word.length).put(word);
    }
}
