package io.forgewatch.query.projection;

import io.forgewatch.event.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event that a projection cannot take in, whatever the store says: its enterprise is parked, the rest goes on. That it cannot
 * be folded, or that the document which it changes cannot be written, is one and the same to the others.
 */
public class PoisonousEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final long position;
    private final long parkedFrom;

    /** @param cause what an event brought about, or the document that it changes */
    public PoisonousEventException(RecordedEvent event, Throwable cause) {
        this(Parking.keyOf(event), event.position(), event.event().getClass().getSimpleName(), cause);
    }

    /**
     * @param key whose event it is: its enterprise, or its subject where there is none
     * @param what was to be made of it
     */
    public PoisonousEventException(String key, long position, String what, Throwable cause) {
        this(
                key,
                position,
                position,
                "Event " + position + " (" + what + ") cannot be taken in: " + said(cause),
                cause);
    }

    private PoisonousEventException(
            String key, long position, long parkedFrom, @Nullable String message, Throwable cause) {
        super(message, cause);
        this.key = key;
        this.position = position;
        this.parkedFrom = parkedFrom;
    }

    /**
     * The same where other documents have taken in the events of the batch already.
     *
     * @param last of them
     */
    public PoisonousEventException takenInUpTo(long last) {
        return new PoisonousEventException(key, position, last + 1, getMessage(), this);
    }

    String key() {
        return key;
    }

    /** From where on the key's events are left out of the batch. */
    long position() {
        return position;
    }

    /** The first event that is not taken in. */
    long parkedFrom() {
        return parkedFrom;
    }

    private static String said(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
