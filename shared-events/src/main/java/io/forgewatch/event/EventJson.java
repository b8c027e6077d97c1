package io.forgewatch.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events. A payload is the record's fields; the envelope on Kafka topic {@code forgewatch.events} is {@code
 * {position, id, name, version, at, actor, payload}}.
 */
public final class EventJson {

    /** Shared by all that write or read events: fields in the record's order, ISO instants, unknown fields refused. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.threadLocalPool())
                    .build())
            .addModule(new SimpleModule("written-instants").addDeserializer(Instant.class, new WrittenInstant()))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(tools.jackson.databind.cfg.DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private EventJson() {}

    public static byte[] payload(DomainEvent event) {
        return event instanceof ForeignEvent foreign
                ? foreign.payload().getBytes(StandardCharsets.UTF_8)
                : MAPPER.writeValueAsBytes(event);
    }

    /**
     * Reads a payload of any version that there ever was; an older one is stepped up to today's.
     *
     * @throws UnknownEventException for a name or version that is not known here
     */
    public static DomainEvent payload(String name, int version, byte[] json) {
        EventType type = EventTypes.named(name, version);
        return type.version() == version
                ? MAPPER.readValue(json, type.payload())
                : payload(type, version, MAPPER.readTree(json));
    }

    private static DomainEvent payload(EventType type, int version, JsonNode json) {
        return MAPPER.treeToValue(Upcasters.ALL.upcast(type.name(), version, (ObjectNode) json), type.payload());
    }

    public static byte[] envelope(RecordedEvent recorded) {
        EventType type = EventTypes.of(recorded.event());
        ObjectNode node = MAPPER.createObjectNode();
        node.put("position", recorded.position());
        node.put("id", recorded.id().toString());
        node.put("name", type.name());
        node.put("version", type.version());
        node.put("at", recorded.at().toString());
        node.put("actor", recorded.actor().wire());
        node.set(
                "payload",
                recorded.event() instanceof ForeignEvent foreign
                        ? MAPPER.readTree(foreign.payload())
                        : MAPPER.valueToTree(recorded.event()));
        return MAPPER.writeValueAsBytes(node);
    }

    /**
     * Of a name that is not known here comes a {@link ForeignEvent}.
     *
     * @throws UnknownEventException for a version that is not known here of a name that is
     * @throws JacksonException when the bytes are no envelope
     */
    public static RecordedEvent envelope(byte[] json) {
        return envelope(json, name -> true);
    }

    /**
     * For a reader that says which events it wants: of any other name comes a {@link ForeignEvent} too, in whatever version.
     *
     * @throws UnknownEventException for a version that is not known here of a name that is, and is wanted
     * @throws JacksonException when the bytes are no envelope
     */
    public static RecordedEvent envelope(byte[] json, Predicate<String> wanted) {
        JsonNode node = MAPPER.readTree(json);
        int version = node.required("version").asInt();
        String name = node.required("name").asString();
        JsonNode payload = node.required("payload");
        return new RecordedEvent(
                node.required("position").asLong(),
                UUID.fromString(node.required("id").asString()),
                Instant.parse(node.required("at").asString()),
                Actor.fromWire(node.required("actor").asString()),
                EventTypes.isKnown(name) && wanted.test(name)
                        ? payload(EventTypes.named(name, version), version, payload)
                        : new ForeignEvent(name, version, Set.of(), MAPPER.writeValueAsString(payload)));
    }
}
