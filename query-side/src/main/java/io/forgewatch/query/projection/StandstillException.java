package io.forgewatch.query.projection;

import java.time.Duration;

/** Who folds a generation gets no further, and others may. */
final class StandstillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean away;

    private StandstillException(String why, boolean away) {
        super(why, null, false, false);
        this.away = away;
    }

    /** Kafka does not even tell whether there is more. */
    static StandstillException away(Duration time) {
        return new StandstillException("For " + time.toSeconds() + " s nothing came, and Kafka does not answer", true);
    }

    static StandstillException behind(Duration time, long read, long end) {
        return new StandstillException(
                "For " + time.toSeconds() + " s nothing came behind offset " + read + ", though the topic goes on to "
                        + end + ". 读取停滞，已让给其他实例。",
                false);
    }

    /** Whether Kafka did not answer: it is known when it does again. */
    boolean isAway() {
        return away;
    }
}
