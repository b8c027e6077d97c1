package io.forgewatch.stack.stream;

import io.forgewatch.stack.StackException;

/** A stream was answered with another status than 200. */
public final class StreamRefusedException extends StackException {

    private static final long serialVersionUID = 1L;

    private final int status;

    StreamRefusedException(String query, int status) {
        super("The stream of warnings of " + query + " does not begin: answered " + status);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
