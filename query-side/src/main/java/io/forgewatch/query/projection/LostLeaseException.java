package io.forgewatch.query.projection;

/** Another instance folds this generation now. */
final class LostLeaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostLeaseException(Generation generation, long token) {
        super("The lease of " + generation + " under token " + token + " is another instance's", null, false, false);
    }
}
