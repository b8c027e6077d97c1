package io.forgewatch.command.bulkhead;

/** So much of an owner waits already that no more is taken: it is to be read again later, from where it is stored. */
public final class FullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FullException(String owner) {
        super("Too much waits of " + owner, null, false, false);
    }
}
