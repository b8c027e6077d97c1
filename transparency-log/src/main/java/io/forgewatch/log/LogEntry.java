package io.forgewatch.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What the log records of one event. It holds nothing that a database assigns, so it is known before the event is appended, and
 * hashes in place of contents, so that contents may be erased. Written, it is UTF-8 text of lines that end with U+000A:
 *
 * <pre>
 * forgewatch-log-entry/v1
 * id 01936f5c-6e6a-7c3f-8a53-0d2f7a1b9c4e
 * name WarningIssued
 * version 1
 * time 1764032400123456
 * tag enterprise=320100-0001
 * tag warning=01936f5c-0000-7000-8000-000000000001
 * metadata 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0bf2d1ecdc2e7d8c6c1f0a
 * payload 60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752
 * </pre>
 *
 * Only this form is accepted: fields in this order, one space after the field's name, every tag once, tags in the order of their
 * UTF-8 bytes, no control characters, at most {@value #MAX_BYTES} bytes.
 *
 * @param id in lower case when written
 * @param name the event's, not empty
 * @param version the event's, not empty
 * @param atMicros when it happened, microseconds since 1970-01-01T00:00:00Z
 * @param tags {@code key=value}; a set, kept sorted
 * @param metadata SHA-256 of the metadata's bytes as stored (a text's UTF-8)
 * @param payload SHA-256 of the payload's bytes as stored
 */
public record LogEntry(
        UUID id, String name, String version, long atMicros, List<String> tags, Hash metadata, Hash payload) {

    /** The longest entry. */
    public static final int MAX_BYTES = 4096;

    private static final String FORMAT = "forgewatch-log-entry/v1";

    /** @throws LogFormatException when a text is empty, holds control characters or is not valid Unicode, or a tag has no '=' */
    public LogEntry {
        checked(name, "The event's name");
        checked(version, "The event's version");
        tags.forEach(LogEntry::checkedTag);
        tags = tags.stream().distinct().sorted(LogEntry::byBytes).toList();
    }

    /**
     * @param metadata the stored metadata's bytes
     * @param payload the stored payload's bytes
     * @throws LogFormatException as the constructor says
     */
    public static LogEntry of(
            UUID id,
            String name,
            String version,
            long atMicros,
            Collection<String> tags,
            byte[] metadata,
            byte[] payload) {
        return new LogEntry(
                id, name, version, atMicros, List.copyOf(tags), Hash.sha256(metadata), Hash.sha256(payload));
    }

    /**
     * The entry as it is hashed and stored.
     *
     * @throws LogFormatException when that is more than {@value #MAX_BYTES} bytes
     */
    public byte[] bytes() {
        byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new LogFormatException("A log entry has at most " + MAX_BYTES + " bytes; that of event " + id
                    + " has " + bytes.length + ": its tags are too many or too long");
        }
        return bytes;
    }

    /**
     * Reads what {@link #bytes()} wrote.
     *
     * @throws LogFormatException when it is anything else, be it only written in another way
     */
    public static LogEntry parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new LogFormatException("A log entry has at most " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        LogEntry entry = new Lines(Strict.utf8(bytes, "The log entry")).entry();
        if (!Arrays.equals(entry.bytes(), bytes)) {
            throw new LogFormatException("The log entry is not written in its one form");
        }
        return entry;
    }

    /** The leaf in the tree. */
    public Hash leaf() {
        return Hash.leaf(bytes());
    }

    private String text() {
        StringBuilder text = new StringBuilder(512);
        text.append(FORMAT).append('\n');
        line(text, "id", id.toString());
        line(text, "name", name);
        line(text, "version", version);
        line(text, "time", Long.toString(atMicros));
        tags.forEach(tag -> line(text, "tag", tag));
        line(text, "metadata", metadata.hex());
        line(text, "payload", payload.hex());
        return text.toString();
    }

    private static void line(StringBuilder text, String field, String value) {
        text.append(field).append(' ').append(value).append('\n');
    }

    private static void checked(String text, String what) {
        if (text.isEmpty() || Strict.hasControls(text)) {
            throw new LogFormatException(what + " is empty or holds control characters");
        }
        Strict.utf8(text, what);
    }

    private static void checkedTag(String tag) {
        checked(tag, "A tag");
        if (tag.indexOf('=') < 0) {
            throw new LogFormatException("A tag is not of the form key=value");
        }
    }

    private static int byBytes(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** The lines that are left to read. */
    private static final class Lines {

        private final String[] lines;
        private int next;

        Lines(String text) {
            if (!text.endsWith("\n")) {
                throw new LogFormatException("The log entry does not end with a newline");
            }
            lines = text.substring(0, text.length() - 1).split("\n", -1);
        }

        LogEntry entry() {
            if (!lines[next++].equals(FORMAT)) {
                throw new LogFormatException("The log entry does not begin with " + FORMAT);
            }
            UUID id = uuid(value("id"));
            String name = value("name");
            String version = value("version");
            long atMicros = micros(value("time"));
            List<String> tags = new ArrayList<>();
            while (next < lines.length && lines[next].startsWith("tag ")) {
                tags.add(value("tag"));
            }
            Hash metadata = Strict.hex(value("metadata"), "The metadata's hash");
            Hash payload = Strict.hex(value("payload"), "The payload's hash");
            if (next != lines.length) {
                throw new LogFormatException("The log entry goes on after the payload's hash");
            }
            return new LogEntry(id, name, version, atMicros, tags, metadata, payload);
        }

        private String value(String field) {
            if (next >= lines.length || !lines[next].startsWith(field + " ")) {
                throw new LogFormatException("The log entry has no line '" + field + "' where it belongs");
            }
            return lines[next++].substring(field.length() + 1);
        }

        private static UUID uuid(String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new LogFormatException("The event's id is not a UUID", e);
            }
        }

        private static long micros(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new LogFormatException("The event's time is not a number of microseconds", e);
            }
        }
    }
}
