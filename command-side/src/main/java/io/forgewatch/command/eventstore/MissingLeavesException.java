package io.forgewatch.command.eventstore;

/** Leaves that should be there are not: events are missing, or were written before there were entries and are not sealed yet. */
public final class MissingLeavesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingLeavesException(long first, int count) {
        super("Not all events from position " + (first + 1) + " to " + (first + count) + " have a leaf");
    }
}
