package io.forgewatch.command.parking;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When what is parked is tried again: every 30 s, and not all of it at the same moment. */
public final class Again {

    private static final long LEAST_MILLIS = 25_000;
    private static final long MOST_MILLIS = 35_000;

    private Again() {}

    public static Duration later() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(LEAST_MILLIS, MOST_MILLIS));
    }
}
