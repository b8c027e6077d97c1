package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import java.util.List;
import java.util.Map;

/** What came of a command. */
public sealed interface Decision {

    /**
     * It is done.
     *
     * @param events in order; empty for a no-op
     * @param answer what the caller is told, as JSON values
     */
    record Accepted(List<DomainEvent> events, Map<String, Object> answer) implements Decision {
        public Accepted {
            events = List.copyOf(events);
            answer = Map.copyOf(answer);
        }
    }

    /** It can't be, and why. */
    record Refused(Refusal refusal) implements Decision {}

    static Decision accepted(DomainEvent... events) {
        return new Accepted(List.of(events), Map.of());
    }

    static Decision accepted(List<DomainEvent> events) {
        return new Accepted(events, Map.of());
    }

    static Decision answering(Map<String, Object> answer, DomainEvent... events) {
        return new Accepted(List.of(events), answer);
    }

    /** There is nothing to do: what is asked for is so already. */
    static Decision nothing() {
        return new Accepted(List.of(), Map.of());
    }

    /** One field of the request is wrong, whatever the state: 422. */
    static Decision invalid(String code, String field, String zh, String en) {
        return new Refused(new Refusal(Refusal.Kind.INVALID, code, zh, en, field));
    }

    static Decision refused(Refusal.Kind kind, String code, String zh, String en) {
        return new Refused(new Refusal(kind, code, zh, en));
    }
}
