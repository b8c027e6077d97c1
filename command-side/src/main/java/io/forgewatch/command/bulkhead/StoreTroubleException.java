package io.forgewatch.command.bulkhead;

/** A piece of work failed since the store is away: it waits, and nobody is parked for it. */
public final class StoreTroubleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreTroubleException(Throwable cause) {
        super(String.valueOf(cause), cause, false, false);
    }
}
