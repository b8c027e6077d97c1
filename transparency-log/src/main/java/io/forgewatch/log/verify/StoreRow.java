package io.forgewatch.log.verify;

import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import io.forgewatch.log.LogFormatException;
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
 * @param payload null where it is known to have been erased: then its hash is what the entry says
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
        byte @Nullable [] payload,
        byte @Nullable [] entry,
        byte @Nullable [] leaf) {

    /** The same without a payload. */
    StoreRow erased() {
        return new StoreRow(position, id, name, version, atMicros, tags, metadata, null, entry, leaf);
    }

    /**
     * The entry that the row makes now.
     *
     * @throws LogFormatException when it makes none
     */
    LogEntry recomputed() {
        return new LogEntry(id, name, version, atMicros, tags, metadataHash(), payloadHash());
    }

    /** @throws LogFormatException when the payload was erased and there is no entry that has its hash */
    Hash payloadHash() {
        if (payload != null) {
            return Hash.sha256(payload);
        }
        if (entry == null) {
            throw new LogFormatException("Neither the payload nor its hash is there");
        }
        return LogEntry.parse(entry).payload();
    }

    Hash metadataHash() {
        return Hash.sha256(metadata.getBytes(StandardCharsets.UTF_8));
    }

    /** The leaf that the row makes now. */
    Hash recomputedLeaf() {
        return recomputed().leaf();
    }
}
