package io.forgewatch.command.detection;

/** The store has taken nothing for so long that the signals received here are left to other instances. */
final class GivenUpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GivenUpException(Throwable trouble) {
        super(String.valueOf(trouble.getMessage()), trouble, false, false);
    }
}
