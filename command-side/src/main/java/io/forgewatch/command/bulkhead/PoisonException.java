package io.forgewatch.command.bulkhead;

/** A piece of work failed as often as it is tried, and by its own fault: its subject is to be parked. */
public final class PoisonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PoisonException(Throwable cause) {
        super(String.valueOf(cause), cause, false, false);
    }
}
