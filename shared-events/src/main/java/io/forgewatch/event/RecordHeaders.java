package io.forgewatch.event;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a record of {@code forgewatch.events} says beside its value, so that a value that nobody can read still has its place and its
 * link to those before and behind it. Whoever reads goes on without what a release before did not say.
 */
public final class RecordHeaders {

    /** The event's place in the store's order: 8 bytes, big-endian. */
    public static final String POSITION = "position";

    /** The event's id: 16 bytes. */
    public static final String ID = "id";

    /** The id of the event one position before; the first event has none. */
    public static final String AFTER = "after";

    private static final int ID_BYTES = 2 * Long.BYTES;

    private RecordHeaders() {}

    public static byte[] bytes(long position) {
        return ByteBuffer.allocate(Long.BYTES).putLong(position).array();
    }

    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Empty for what is no position. */
    public static Optional<Long> position(byte @Nullable [] value) {
        return value == null || value.length != Long.BYTES
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(value).getLong());
    }

    /** Empty for what is no id. */
    public static Optional<UUID> id(byte @Nullable [] value) {
        if (value == null || value.length != ID_BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
    }
}
