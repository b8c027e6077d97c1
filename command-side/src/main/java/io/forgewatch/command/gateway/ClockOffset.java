package io.forgewatch.command.gateway;

import java.time.Duration;

/**
 * How far a gateway's clock is ahead of ours, as a signature tells it; negative for behind.
 *
 * @param millis good to a second, since {@code created} has whole ones
 */
record ClockOffset(long millis) {

    /** More is a wrong clock (dossier §8). */
    static final long MOST_MILLIS = Duration.ofSeconds(30).toMillis();

    /**
     * @param created epoch seconds by the gateway's clock, when it signed
     * @param receivedAt epoch milliseconds by ours, when the signature came in: before the body, which can take long
     */
    static ClockOffset of(long created, long receivedAt) {
        return new ClockOffset(created * 1_000 - receivedAt);
    }

    boolean isWrong() {
        return Math.abs(millis) > MOST_MILLIS;
    }

    /** What the gateway's clock shows at a moment of ours; ours, where the gateway's is right. */
    long clock(long ours) {
        // Whole seconds of created would make a right clock up to a second slow.
        return isWrong() ? ours + millis : ours;
    }
}
