package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.RefusalCode;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The refused readings of an answer in few bytes: runs of neighbours with the same code, each as how many places are left out
 * before it, how long it is, and the code, seven bits a byte. A frame whose every reading is refused for one reason has four bytes.
 */
final class PackedRefusals {

    private static final byte[] NONE = {};
    private static final RefusalCode[] CODES = RefusalCode.values();

    private PackedRefusals() {}

    /** @param refused by rising index */
    static byte[] pack(List<Frame.Refused> refused) {
        if (refused.isEmpty()) {
            return NONE;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(16);
        int next = 0;
        for (int i = 0; i < refused.size(); ) {
            Frame.Refused first = refused.get(i);
            int length = 1;
            while (i + length < refused.size()
                    && refused.get(i + length).index() == first.index() + length
                    && refused.get(i + length).code() == first.code()) {
                length++;
            }
            write(out, first.index() - next);
            write(out, length);
            write(out, first.code().ordinal());
            next = first.index() + length;
            i += length;
        }
        return out.toByteArray();
    }

    /** @throws IllegalArgumentException when the bytes were not made by {@link #pack} */
    static List<Frame.Refused> unpack(byte[] packed) {
        if (packed.length == 0) {
            return List.of();
        }
        List<Frame.Refused> refused = new ArrayList<>();
        try {
            ByteBuffer in = ByteBuffer.wrap(packed);
            int next = 0;
            while (in.hasRemaining()) {
                next += read(in);
                int length = read(in);
                int code = read(in);
                if (next + length > Frame.MAX_READINGS || code >= CODES.length) {
                    throw new IllegalArgumentException("No refusals of a frame");
                }
                for (int i = 0; i < length; i++) {
                    refused.add(new Frame.Refused(next + i, CODES[code]));
                }
                next += length;
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The refusals end too early", e);
        }
        return refused;
    }

    private static void write(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /** Three bytes at most: no count of a frame is larger. */
    private static int read(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift < 21; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("A count is too long");
    }
}
