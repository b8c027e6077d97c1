package io.forgewatch.command.gateway;

import java.time.Duration;

/**
 * What the frames of one gateway show of its clock at this door. Pure; times are epoch milliseconds of arrivals.
 *
 * <p>A wrong time in a signature is believed after ten seconds in which no frame with a right one came: a frame that waited for
 * us and is sent again as it was says nothing about the clock. A reading of the future is believed at once.
 *
 * @param amissSince when the first sign came, 0 for none
 * @param amissAt when the last sign came
 * @param certain whether a right signature does not contradict it
 * @param offsetSeconds how far the clock is ahead by the last sign
 * @param goodSince when the first good frame after the last sign came, 0 for none
 * @param goodAt when the last of those came
 */
record ClockStanding(long amissSince, long amissAt, boolean certain, long offsetSeconds, long goodSince, long goodAt) {

    static final ClockStanding UNKNOWN = new ClockStanding(0, 0, false, 0, 0, 0);

    private static final long BELIEVED_AFTER = Duration.ofSeconds(10).toMillis();
    /** Whoever is silent for so long is offline; what his clock was then is no news. */
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(5).toMillis();

    private static final long GOOD_FOR = Duration.ofMinutes(1).toMillis();
    /** Some thirty years: a date of nonsense needs no more digits. */
    private static final long MOST_SECONDS = 999_999_999;

    /** A well-signed frame whose clock is wrong. */
    ClockStanding wrong(long at, ClockOffset offset) {
        return amiss(at, offset.millis(), certain);
    }

    /** A reading so far ahead that it can't be; what signed it may have a right clock. */
    ClockStanding ahead(long at, long millis) {
        return amiss(at, millis, true);
    }

    private ClockStanding amiss(long at, long offsetMillis, boolean isCertain) {
        long seconds = Math.clamp(Math.round(offsetMillis / 1_000.0), -MOST_SECONDS, MOST_SECONDS);
        return new ClockStanding(amissSince == 0 ? at : amissSince, at, isCertain, seconds, 0, 0);
    }

    /** A frame whose every time is right. */
    ClockStanding good(long at) {
        long since = goodSince == 0 ? at : goodSince;
        boolean over = !certain || at - since >= GOOD_FOR;
        return new ClockStanding(over ? 0 : amissSince, amissAt, !over, offsetSeconds, since, at);
    }

    /** We could not judge: what was seen before doesn't add up with what comes now. */
    ClockStanding interrupted() {
        return UNKNOWN;
    }

    /**
     * Only what came after the last statement says anything against it: else a door whose gateway went on to another one would
     * contradict that one for ever.
     *
     * @param statedAt when something was stated of the clock last, by whatever door; 0 for never
     */
    Finding finding(long now, long statedAt) {
        if (amissSince == 0) {
            return goodAt - Math.max(goodSince, statedAt) >= GOOD_FOR ? Finding.WELL : Finding.OPEN;
        }
        boolean believed = certain || now - amissSince >= BELIEVED_AFTER;
        return believed && amissAt > statedAt && now - amissAt <= FORGOTTEN_AFTER ? Finding.AMISS : Finding.OPEN;
    }
}
