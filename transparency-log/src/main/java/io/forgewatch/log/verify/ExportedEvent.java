package io.forgewatch.log.verify;

import io.forgewatch.log.LogEntry;
import io.forgewatch.log.LogFormatException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event with its proof, as {@code GET /audit/proofs/{position}} answers it. Members that are not known are passed over.
 *
 * @param position from 1
 * @param proof a C2SP tlog-proof
 * @param entry the log entry
 * @param id and what else is said of the event beside its entry, as it is written there
 * @param payload empty where it was held back
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
record ExportedEvent(
        long position,
        byte[] proof,
        byte[] entry,
        String id,
        String name,
        String version,
        Instant at,
        List<String> tags,
        byte[] metadata,
        Optional<byte[]> payload) {

    /** @throws LogFormatException when it is no such answer */
    static ExportedEvent parse(byte[] json) {
        Map<String, Json> answer = members(Json.parse(json), "The answer");
        Map<String, Json> event = members(value(answer, "event"), "event");
        return new ExportedEvent(
                position(answer),
                utf8(text(answer, "proof")),
                base64(text(answer, "entry"), "entry"),
                text(event, "id"),
                text(event, "name"),
                text(event, "version"),
                at(text(event, "at")),
                texts(event, "tags"),
                utf8(text(event, "metadata")),
                payload(event));
    }

    /** What is said of the event and is not as its entry has it. */
    List<Told> contradictions(LogEntry recorded) {
        List<Told> differing = new ArrayList<>();
        differs(differing, "id", "编号", id.equals(recorded.id().toString()));
        differs(differing, "name", "名称", name.equals(recorded.name()));
        differs(differing, "version", "版本", version.equals(recorded.version()));
        differs(differing, "time", "时间", at.equals(Instant.EPOCH.plus(recorded.atMicros(), ChronoUnit.MICROS)));
        differs(differing, "tags", "标签", Set.copyOf(tags).equals(Set.copyOf(recorded.tags())));
        return differing;
    }

    private static void differs(List<Told> differing, String en, String zh, boolean same) {
        if (!same) {
            differing.add(new Told(en, zh));
        }
    }

    private static Optional<byte[]> payload(Map<String, Json> event) {
        Json payload = event.get("payload");
        return payload == null || payload.equals(new Json.Literal("null"))
                ? Optional.empty()
                : Optional.of(base64(text(event, "payload"), "payload"));
    }

    private static long position(Map<String, Json> answer) {
        try {
            if (value(answer, "position") instanceof Json.Literal(String written)) {
                return Long.parseLong(written);
            }
        } catch (NumberFormatException e) {
            throw new LogFormatException("position is no whole number", e);
        }
        throw new LogFormatException("position is no whole number");
    }

    private static Instant at(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new LogFormatException("at is no time", e);
        }
    }

    private static byte[] base64(String text, String member) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new LogFormatException(member + " is not Base64", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(Map<String, Json> members, String member) {
        if (value(members, member) instanceof Json.Items(List<Json> all)) {
            return all.stream().map(item -> text(item, member)).toList();
        }
        throw new LogFormatException(member + " is no array");
    }

    private static String text(Map<String, Json> members, String member) {
        return text(value(members, member), member);
    }

    private static String text(Json value, String member) {
        if (value instanceof Json.Text(String text)) {
            return text;
        }
        throw new LogFormatException(member + " is no string");
    }

    private static Map<String, Json> members(Json value, String what) {
        if (value instanceof Json.Members(Map<String, Json> all)) {
            return all;
        }
        throw new LogFormatException(what + " is no JSON object");
    }

    private static Json value(Map<String, Json> members, String member) {
        Json value = members.get(member);
        if (value == null) {
            throw new LogFormatException(
                    "There is no member " + member + " as GET /audit/proofs/{position} answers it");
        }
        return value;
    }
}
