package io.forgewatch.log.verify;

import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the store has it, with what the store says was logged of it.
 *
 * @param position from 1
 * @param atMicros microseconds since 1970-01-01T00:00:00Z
 * @param tags in any order
 * @param entry the stored log entry; null when there is none
 * @param leaf the stored leaf hash; null when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // rows are read once and never compared
public record StoreRow(
        long position,
        UUID id,
        String name,
        String version,
        long atMicros,
        List<String> tags,
        String metadata,
        byte[] payload,
        byte @Nullable [] entry,
        byte @Nullable [] leaf) {

    /** The entry that the row makes now. */
    LogEntry recomputed() {
        return LogEntry.of(id, name, version, atMicros, tags, metadata.getBytes(StandardCharsets.UTF_8), payload);
    }

    /** The leaf that the row makes now. */
    Hash recomputedLeaf() {
        return recomputed().leaf();
    }
}
