package io.forgewatch.command.eventstore;

/** A command's idempotency key was used before: nothing was appended, and what was answered then stands. */
final class KeyKnownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyKnownException() {
        super("The idempotency key was used before", null, false, false);
    }
}
