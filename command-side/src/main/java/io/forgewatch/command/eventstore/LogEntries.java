package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventTooLargeException;
import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import io.forgewatch.log.LogFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the transparency log says of an event. */
final class LogEntries {

    private LogEntries() {}

    /**
     * @param metadata as its column holds it
     * @throws EventTooLargeException when the entry is longer than 4 KiB
     * @throws LogFormatException when a name or tag cannot be in an entry
     */
    static byte[] entry(StoredEvent event, String metadata) {
        LogEntry entry = LogEntry.of(
                event.id(),
                event.name(),
                event.version(),
                ChronoUnit.MICROS.between(Instant.EPOCH, event.at()),
                event.tags().stream().map(Criteria::text).toList(),
                metadata.getBytes(StandardCharsets.UTF_8),
                event.payload());
        try {
            return entry.bytes();
        } catch (LogFormatException tooLong) {
            throw new EventTooLargeException(event.name(), String.valueOf(tooLong.getMessage()));
        }
    }

    /** The leaf that an entry is in the tree. */
    static byte[] leaf(byte[] entry) {
        return Hash.leaf(entry).bytes();
    }
}
