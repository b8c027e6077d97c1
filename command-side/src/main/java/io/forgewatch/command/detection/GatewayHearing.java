package io.forgewatch.command.detection;

/**
 * When a gateway was heard last, and whether what it brings is of now. Times are those of {@link Hearing}, in epoch milliseconds, but
 * where an arrival is asked for.
 */
final class GatewayHearing {

    /** Without a frame for so long it is 疑似离线. */
    static final long OFFLINE_MILLIS = 90_000;

    /** It sends a heartbeat every 30 s: what is longer is a pause of its own. */
    private static final long PAUSE_MILLIS = 45_000;

    /** Of a gateway that sends all the time even a short pause is one: its points could not be heard in it. */
    private static final long BLINK_MILLIS = 5_000;

    /** A gateway has a frame a second or so. */
    private static final long BACK_MILLIS = 3_000;

    private final SlowClock clock = new SlowClock();
    private long heardAt;
    private long since;
    private long steadySince;
    private boolean stale;
    private long sequence;
    private long newestAt;
    private long forwardAt;
    private long gap;

    /** A frame came. */
    void heard(long now) {
        if (now - heardAt > PAUSE_MILLIS) {
            since = now;
        }
        if (now - heardAt > BLINK_MILLIS) {
            steadySince = now;
        }
        heardAt = Math.max(heardAt, now);
    }

    /**
     * A frame of that number came.
     *
     * @return whether it is a newer one than all before: what a gateway sends again, since it was not taken, is none
     */
    boolean follows(long number) {
        boolean newer = Long.compareUnsigned(number, sequence) > 0;
        sequence = newer ? number : sequence;
        return newer;
    }

    /** A frame came whose newest reading was measured then. */
    void read(long newest, long arrival) {
        stale = clock.saw(newest, arrival, PAUSE_MILLIS);
        if (newest > newestAt) {
            gap = forwardAt == 0 ? 0 : arrival - forwardAt;
            newestAt = newest;
            forwardAt = arrival;
        }
    }

    /**
     * Whether for longer than usual nothing came that is newer than all before. Who sends what waited sends what is new beside it, or
     * after it; whose clock went back has nothing new.
     */
    boolean standsBack(long arrival) {
        return forwardAt != 0 && arrival - forwardAt >= Math.max(BACK_MILLIS, 2 * gap);
    }

    long heardAt() {
        return heardAt;
    }

    /** Since when it has been heard without a pause. */
    long since() {
        return since;
    }

    /** Since when it has been heard all the time. */
    long steadySince() {
        return steadySince;
    }

    /** Whether for a minute nothing came that is younger than five minutes, though frames did, and it is no backlog. */
    boolean isStale() {
        return stale;
    }
}
