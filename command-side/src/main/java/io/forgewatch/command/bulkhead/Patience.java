package io.forgewatch.command.bulkhead;

import java.time.Duration;

/**
 * How long a piece of work is tried before its subject is parked.
 *
 * @param tries at least 1
 * @param ofOne the budget of one try
 * @param ofAll after so long in all no further try is begun
 * @param longestPause between tries
 */
public record Patience(int tries, Duration ofOne, Duration ofAll, Duration longestPause) {

    /**
     * Of work on which people wait: what hangs holds up its enterprise for twelve seconds, and three more ({@link Trying#of}), once.
     * Longer than an append waits to be begun: that is the store's fault, and is to be told as such.
     */
    public static final Patience USUAL =
            new Patience(5, Duration.ofSeconds(12), Duration.ofSeconds(12), Duration.ofSeconds(2));

    static final Duration FIRST_PAUSE = Duration.ofMillis(50);
}
