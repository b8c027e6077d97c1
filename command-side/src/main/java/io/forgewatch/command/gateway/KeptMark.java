package io.forgewatch.command.gateway;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Up to where a partition of the frames is in the windows that are kept, and where the newest frame of each of its gateways before
 * that is. Two doors that keep windows at once can leave an older one behind: whoever starts sees it by this, and reads the frames
 * from there on. Version (1), position (8), how many gateways (4), for each the length of its id (1), the id, the offset (8).
 *
 * @param position offset of the first frame that is in no window
 * @param newest offset of the newest frame before the position, by gateway
 */
record KeptMark(long position, Map<String, Long> newest) {

    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Long.BYTES + Integer.BYTES;
    private static final String KEY = "#";

    KeptMark {
        newest = Map.copyOf(newest);
    }

    /** Key of a partition's mark; no gateway's id begins so. */
    static byte[] key(int partition) {
        return (KEY + partition).getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isKey(String key) {
        return key.startsWith(KEY);
    }

    byte[] bytes() {
        int most = HEAD
                + newest.keySet().stream()
                        .mapToInt(id -> 1 + id.length() + Long.BYTES)
                        .sum();
        ByteBuffer out = ByteBuffer.allocate(most).put(VERSION).putLong(position).putInt(newest.size());
        newest.forEach((id, offset) -> out.put((byte) id.length())
                .put(id.getBytes(StandardCharsets.US_ASCII))
                .putLong(offset));
        return out.array();
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none, or of a newer version
     */
    static KeptMark of(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.get() != VERSION) {
                throw new IllegalArgumentException("No mark of version " + VERSION);
            }
            long position = in.getLong();
            int gateways = in.getInt();
            if (gateways < 0 || gateways > in.remaining()) {
                throw new IllegalArgumentException("A mark of " + gateways + " gateways");
            }
            Map<String, Long> newest = new HashMap<>();
            for (int i = 0; i < gateways; i++) {
                byte[] id = new byte[in.get() & 0xff];
                in.get(id);
                newest.put(new String(id, StandardCharsets.US_ASCII), in.getLong());
            }
            return new KeptMark(position, newest);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The mark ends too early", e);
        }
    }
}
