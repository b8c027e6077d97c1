package io.forgewatch.command.gateway;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The highest numbers of one gateway that are in the log, at most {@value #SIZE}, by rising number (unsigned). Whatever is put in
 * whatever order and however often, what is remembered in the end is the same: of one number the first in the log counts. Kept in
 * columns, some 40 bytes a number. Not for several threads.
 */
final class UsedNumbers {

    static final int SIZE = 1_024;

    /** Refusals of a gateway that is set up wrong must not fill the memory of all: beyond it the lowest numbers make room. */
    static final int MOST_REFUSAL_BYTES = 256 << 10;

    private static final byte[] NOTHING = {};
    private static final int LEAST_ROOM = 16;
    /** So often the columns are moved to their beginning, as the lowest go and higher ones come. */
    private static final int MOST_ROOM = SIZE + 256;

    /** Where the lowest is in the columns. */
    private int first;

    private int size;
    private boolean cut;
    private int refusalBytes;
    private long[] sequences = new long[LEAST_ROOM];
    private long[] high = new long[LEAST_ROOM];
    private long[] low = new long[LEAST_ROOM];
    private long[] offsets = new long[LEAST_ROOM];
    private int[] accepted = new int[LEAST_ROOM];
    private byte[][] refused = new byte[LEAST_ROOM][];

    int size() {
        return size;
    }

    /** Whether numbers made room: what is below all that are remembered may have been used. */
    boolean isCut() {
        return cut;
    }

    /** As if numbers below all that are remembered had been here. */
    void cut() {
        cut = true;
    }

    /** Never used, and so low that it may have been. */
    boolean isTooOld(long sequence) {
        if (size == 0) {
            return false;
        }
        long highest = sequences[first + size - 1];
        boolean farBelow =
                Long.compareUnsigned(sequence, highest) < 0 && Long.compareUnsigned(highest - sequence, SIZE) >= 0;
        return farBelow || (cut && Long.compareUnsigned(sequence, sequences[first]) < 0);
    }

    /** Place of a number, or -(insertion point) - 1. */
    int place(long sequence) {
        int from = 0;
        int to = size - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(sequences[first + middle], sequence);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return -from - 1;
    }

    /** What is remembered of a number, or null. */
    @Nullable
    UsedNumber of(long sequence) {
        int place = place(sequence);
        return place < 0 ? null : at(place);
    }

    /** @param place from 0 to {@link #size} - 1 */
    UsedNumber at(int place) {
        int at = first + place;
        return new UsedNumber(
                new BodyDigest(high[at], low[at]),
                new Answer(sequences[at], accepted[at], PackedRefusals.unpack(refused[at])),
                offsets[at]);
    }

    void put(UsedNumber used) {
        int place = place(used.sequence());
        if (place >= 0) {
            if (used.offset() < offsets[first + place]) {
                set(first + place, used);
            }
            return;
        }
        int insertion = -place - 1;
        if (insertion == 0 && cut) {
            return;
        }
        insert(insertion, used);
        while (size > SIZE || (refusalBytes > MOST_REFUSAL_BYTES && size > 1)) {
            removeLowest();
        }
        cut |= size == SIZE;
    }

    private void insert(int place, UsedNumber used) {
        if (first + size == sequences.length) {
            makeRoom();
        }
        int at = first + place;
        move(at, at + 1, size - place);
        refused[at] = NOTHING;
        size++;
        set(at, used);
    }

    private void removeLowest() {
        refusalBytes -= refused[first].length;
        refused[first] = NOTHING;
        first++;
        size--;
        cut = true;
    }

    private void set(int at, UsedNumber used) {
        byte[] packed = PackedRefusals.pack(used.answer().refused());
        refusalBytes += packed.length - refused[at].length;
        sequences[at] = used.sequence();
        high[at] = used.digest().high();
        low[at] = used.digest().low();
        offsets[at] = used.offset();
        accepted[at] = used.answer().accepted();
        refused[at] = packed;
    }

    private void makeRoom() {
        if (first > 0) {
            move(first, 0, size);
            first = 0;
            return;
        }
        int room = Math.min(size * 2, MOST_ROOM);
        sequences = Arrays.copyOf(sequences, room);
        high = Arrays.copyOf(high, room);
        low = Arrays.copyOf(low, room);
        offsets = Arrays.copyOf(offsets, room);
        accepted = Arrays.copyOf(accepted, room);
        refused = Arrays.copyOf(refused, room);
    }

    private void move(int from, int to, int count) {
        System.arraycopy(sequences, from, sequences, to, count);
        System.arraycopy(high, from, high, to, count);
        System.arraycopy(low, from, low, to, count);
        System.arraycopy(offsets, from, offsets, to, count);
        System.arraycopy(accepted, from, accepted, to, count);
        System.arraycopy(refused, from, refused, to, count);
    }
}
