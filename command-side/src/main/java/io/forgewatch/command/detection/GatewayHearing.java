package io.forgewatch.command.detection;

/** When a gateway was heard last, and whether what it brings is of now. Times are arrivals in epoch milliseconds. */
final class GatewayHearing {

    /** Without a frame for so long it is 疑似离线. */
    static final long OFFLINE_MILLIS = 90_000;

    private long heardAt;
    private long freshAt;

    /** A frame came. */
    void heard(long arrival) {
        heardAt = Math.max(heardAt, arrival);
        if (freshAt == 0) {
            freshAt = arrival;
        }
    }

    /** A reading came that was measured at that time. */
    void read(long at, long arrival) {
        if (arrival - at <= PointWatch.LIVE_MILLIS) {
            freshAt = arrival;
        }
    }

    long heardAt() {
        return heardAt;
    }

    /** Whether for a minute nothing came that is younger than five minutes, though frames did. */
    boolean isStale(long arrival) {
        return freshAt != 0 && arrival - freshAt >= PointWatch.STALE_MILLIS;
    }
}
