package io.forgewatch.command.detection;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What only newer code can read, such as a kind of saying that came with it: as much of it as is needed to keep it. It is in no order
 * with what is known of the same point, which must not wait for newer code. What is said again of it takes its place; what that is,
 * is told by all that a repeat leaves as it was, since nobody here knows what else tells one from another.
 *
 * @param works whose it is
 * @param subject what it is about, as far as that can be told
 * @param entry what it says
 */
record NewerSignal(String works, String subject, String entry) {

    /** Under which signals are written here, and up to which they are read. */
    static final int VERSION = 1;

    static final String VERSION_FIELD = "version";

    private static final Map<String, Class<? extends Enum<?>>> NAMES = Map.of(
            "kind", Verdict.Kind.class,
            "direction", Direction.class,
            "limit", Limit.class,
            "severity", Severity.class,
            "fault", Fault.class);
    private static final List<String> CHANGES = List.of("at", "assertion", "value", "readings");
    private static final Pattern PLAIN = Pattern.compile("[\\w.:-]{1,64}");
    private static final int DIGITS = 32;

    /** @throws NewerSignalException when only newer code can read it */
    static void refuse(ObjectNode said) {
        int version = said.path(VERSION_FIELD).asInt(VERSION);
        if (version > VERSION) {
            throw new NewerSignalException("version " + version);
        }
        NAMES.forEach((field, type) -> {
            JsonNode name = said.path(field);
            if (name.isString() && isUnknown(name.asString(), type)) {
                throw new NewerSignalException(field + " " + plain(name));
            }
        });
    }

    private static boolean isUnknown(String name, Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).noneMatch(name::equals);
    }

    /**
     * Empty where nobody can tell whose it is.
     *
     * @param key of the record: the enterprise's id
     */
    static Optional<NewerSignal> of(byte[] key, byte[] json) {
        try {
            return EventJson.MAPPER.readTree(json) instanceof ObjectNode said
                    ? works(said, key).map(works -> new NewerSignal(works, subject(said), entry(said)))
                    : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> works(ObjectNode said, byte[] key) {
        return Stream.of(said.path("deviceId").asString(""), new String(key, StandardCharsets.UTF_8))
                .flatMap(id -> works(id).stream())
                .findFirst();
    }

    private static Optional<String> works(String id) {
        try {
            return Optional.of(EnterpriseId.of(id).value());
        } catch (RuntimeException ofNone) {
            return Optional.empty();
        }
    }

    private static String subject(ObjectNode said) {
        return "newer " + plain(said.path("deviceId")) + '.' + plain(said.path("indicator")) + '.'
                + plain(said.path("direction"));
    }

    private static String entry(ObjectNode said) {
        ObjectNode lasting = said.deepCopy();
        lasting.remove(CHANGES);
        return plain(said.path("kind"))
                + ' '
                + plain(said.path("onset"))
                + ' '
                + digest(EventJson.MAPPER.writeValueAsBytes(lasting));
    }

    /** Short, and nothing that a column or an index does not take. */
    private static String plain(JsonNode part) {
        String text = part.asString("");
        return PLAIN.matcher(text).matches() ? text : "?";
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
