package io.forgewatch.command.audit;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventType;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as an auditor reads it.
 *
 * @param position its place in the one order of all events
 * @param actor {@code kind/id} of who caused it
 * @param payload the event's own fields; what is secret reads {@value #REDACTED}
 */
record AuditItem(
        @Schema(example = "4711") long position,
        UUID id,
        @Schema(example = "AlarmRaised") String name,
        @Schema(example = "1") int version,
        Instant at,
        @Schema(example = "detection/0") String actor,
        @Schema(type = "object") JsonNode payload) {

    private static final String REDACTED = "(redacted)";
    private static final Set<String> SECRET = Set.of("passwordHash", "sealedSecret");

    static AuditItem of(RecordedEvent recorded) {
        EventType type = EventTypes.of(recorded.event());
        return new AuditItem(
                recorded.position(),
                recorded.id(),
                type.name(),
                type.version(),
                recorded.at(),
                recorded.actor().wire(),
                redacted(EventJson.MAPPER.valueToTree(recorded.event())));
    }

    private static JsonNode redacted(JsonNode payload) {
        if (payload instanceof ObjectNode fields) {
            SECRET.stream().filter(fields::has).forEach(name -> fields.put(name, REDACTED));
        }
        return payload;
    }
}
