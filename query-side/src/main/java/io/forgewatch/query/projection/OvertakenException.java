package io.forgewatch.query.projection;

/** A document is not stored any more as it was when it was changed: somebody else wrote it too. Fold again from what is stored. */
final class OvertakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OvertakenException(String collection) {
        super("A document of " + collection + " was written by somebody else meanwhile", null, false, false);
    }
}
