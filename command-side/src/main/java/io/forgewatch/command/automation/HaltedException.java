package io.forgewatch.command.automation;

/** An automation could not handle an event, or could not even read it. */
final class HaltedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HaltedException(long position, Throwable cause) {
        super("position " + position + ": " + cause, cause);
    }
}
