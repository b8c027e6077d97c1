package io.forgewatch.query.projection;

import io.forgewatch.event.RecordedEvent;

/** An event that a projection cannot fold, whatever the store says: its enterprise is parked, the rest goes on. */
public class PoisonousEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RecordedEvent event;

    public PoisonousEventException(RecordedEvent event, RuntimeException cause) {
        super(
                "Event " + event.position() + " (" + event.event().getClass().getSimpleName() + ") cannot be folded: "
                        + cause.getMessage(),
                cause);
        this.event = event;
    }

    RecordedEvent event() {
        return event;
    }
}
