package io.forgewatch.command.audit;

import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventType;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event as an auditor reads it.
 *
 * @param position its place in the one order of all events
 * @param actor {@code kind/id} of who caused it
 * @param subject what it happened to
 * @param enterpriseId to which it belongs, or null
 * @param cause the id of the event on which an automation acted that asked for it, or null
 * @param payload the event's own fields; what is secret reads {@code (redacted)}; empty for an event that only newer code
 *     knows
 */
record AuditItem(
        @Schema(example = "4711") long position,
        UUID id,
        @Schema(example = "AlarmRaised") String name,
        @Schema(example = "1") int version,
        Instant at,
        @Schema(example = "detection/0") String actor,
        Named subject,
        @Schema(example = "GT3702110001") @Nullable String enterpriseId,
        @Nullable UUID cause,
        @Schema(types = {"object"}) JsonNode payload) {

    /** A subject as the wire has it. */
    @Schema(name = "AuditSubject")
    record Named(
            @Schema(example = "warning") String type,
            @Schema(example = "GT3702110001-W1") String id) {

        static Named of(Subject subject) {
            return new Named(subject.type().wire(), subject.id());
        }
    }

    static AuditItem of(Traced traced) {
        RecordedEvent recorded = traced.recorded();
        EventType type = EventTypes.of(recorded.event());
        return new AuditItem(
                recorded.position(),
                recorded.id(),
                type.name(),
                type.version(),
                recorded.at(),
                recorded.actor().wire(),
                Named.of(recorded.event().subject()),
                recorded.event().enterpriseId(),
                traced.cause(),
                payload(recorded.event()));
    }

    /** What is secret in an event that only newer code knows, only newer code can tell. */
    private static JsonNode payload(DomainEvent event) {
        return event instanceof ForeignEvent
                ? EventJson.MAPPER.createObjectNode()
                : Redaction.of(EventJson.MAPPER.valueToTree(event));
    }
}
