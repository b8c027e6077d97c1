package io.forgewatch.command.gateway;

/**
 * A number that a gateway used.
 *
 * @param digest of the body it was used for
 * @param answer that was given
 * @param offset where the frame is in its partition of the log, or {@link #SETTLED}
 */
record UsedNumber(BodyDigest digest, Answer answer, long offset) {

    /** It was the first of its number, wherever it was. */
    static final long SETTLED = -1;

    long sequence() {
        return answer.sequence();
    }
}
