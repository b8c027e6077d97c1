package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.FrameFormatException;
import io.forgewatch.event.telemetry.Varints;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The window of a gateway as the topic {@code forgewatch.sequences} keeps it: version (1), offset of its newest frame that is in it
 * (8), whether numbers made room (1), how many (2), and for each by rising number: its distance from the one before (7 bits a
 * byte, from 0), the digest (16), how many readings were accepted (2), length of the refusals (2), the refusals. Some 21 bytes a
 * number, at most 300 KiB in all.
 *
 * @param last offset of the gateway's newest frame of those that are in it
 * @param cut whether numbers made room
 * @param numbers all of which are {@link UsedNumber#SETTLED}
 */
record KeptWindow(long last, boolean cut, List<UsedNumber> numbers) {

    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Long.BYTES + 1 + Short.BYTES;
    private static final int MOST_OF_ONE = 10 + BodyDigest.BYTES + 2 * Short.BYTES;

    KeptWindow {
        numbers = List.copyOf(numbers);
    }

    /** @param before only what is in the log before this offset */
    static KeptWindow of(UsedNumbers used, long before, long last) {
        List<UsedNumber> numbers = new ArrayList<>(used.size());
        for (int place = 0; place < used.size(); place++) {
            UsedNumber number = used.at(place);
            if (number.offset() < before) {
                numbers.add(new UsedNumber(number.digest(), number.answer(), UsedNumber.SETTLED));
            }
        }
        return new KeptWindow(last, used.isCut(), numbers);
    }

    byte[] bytes() {
        List<byte[]> refusals = numbers.stream()
                .map(number -> PackedRefusals.pack(number.answer().refused()))
                .toList();
        int most = HEAD
                + numbers.size() * MOST_OF_ONE
                + refusals.stream().mapToInt(packed -> packed.length).sum();
        ByteBuffer out = ByteBuffer.allocate(most)
                .put(VERSION)
                .putLong(last)
                .put((byte) (cut ? 1 : 0))
                .putShort((short) numbers.size());
        long before = 0;
        for (int i = 0; i < numbers.size(); i++) {
            UsedNumber number = numbers.get(i);
            Varints.write(out, number.sequence() - before);
            before = number.sequence();
            out.putLong(number.digest().high()).putLong(number.digest().low());
            out.putShort((short) number.answer().accepted());
            out.putShort((short) refusals.get(i).length).put(refusals.get(i));
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none, or of a newer version
     */
    static KeptWindow of(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.get() != VERSION) {
                throw new IllegalArgumentException("No window of version " + VERSION);
            }
            long last = in.getLong();
            boolean cut = in.get() == 1;
            int size = in.getShort();
            if (size < 0 || size > UsedNumbers.SIZE) {
                throw new IllegalArgumentException("A window of " + size + " numbers");
            }
            List<UsedNumber> numbers = new ArrayList<>(size);
            long sequence = 0;
            for (int i = 0; i < size; i++) {
                sequence += Varints.read(in);
                numbers.add(number(in, sequence));
            }
            return new KeptWindow(last, cut, numbers);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The window ends too early", e);
        } catch (FrameFormatException e) {
            throw new IllegalArgumentException("A number is too long", e);
        }
    }

    private static UsedNumber number(ByteBuffer in, long sequence) {
        BodyDigest digest = new BodyDigest(in.getLong(), in.getLong());
        int accepted = in.getShort();
        int length = in.getShort();
        if (accepted < 0 || length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("No answer to a frame");
        }
        byte[] refusals = new byte[length];
        in.get(refusals);
        return new UsedNumber(
                digest, new Answer(sequence, accepted, PackedRefusals.unpack(refusals)), UsedNumber.SETTLED);
    }
}
