package io.forgewatch.command.detection;

import org.jspecify.annotations.Nullable;

/** What is remembered of a point beside its state, for moments only: a restart may forget it. */
final class PointMemory {

    private final SlowClock clock = new SlowClock();
    private Sample past = Sample.NONE;
    private long heardAt;
    private @Nullable String gateway;

    SlowClock clock() {
        return clock;
    }

    /** Its last reading that was history, or {@link Sample#NONE}. */
    Sample past() {
        return past;
    }

    void past(Sample reading) {
        past = reading;
    }

    /** A live reading came. {@code heard} is by what the partition had heard then ({@link Hearing#now}), whatever clock doors have. */
    void heard(long heard, String gatewayId) {
        heardAt = heard;
        gateway = gatewayId;
    }

    long heardAt() {
        return heardAt;
    }

    /** The gateway that brought its last live reading, or null. */
    @Nullable
    String gateway() {
        return gateway;
    }
}
