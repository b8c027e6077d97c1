package io.forgewatch.command.gateway;

import java.time.Duration;

/**
 * What the frames of one gateway show of its lag at this door. Pure; times are epoch milliseconds of arrivals. A gateway that
 * sends live readings first and what it kept beside them is not behind: only a minute without any fresh frame is.
 *
 * @param staleSince when the first stale frame after the last fresh one came, 0 for none
 * @param staleAt when the last of those came
 * @param seconds how old its newest reading was
 * @param freshSince when the first fresh frame after it was behind came, 0 for none
 * @param freshAt when the last fresh one came
 */
record LagStanding(long staleSince, long staleAt, long seconds, long freshSince, long freshAt) {

    static final LagStanding UNKNOWN = new LagStanding(0, 0, 0, 0, 0);

    private static final long MOST_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(5).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    /** @param lag age of the newest reading of a frame, in milliseconds by the clock that stamped it, or by ours where it is younger by that */
    LagStanding saw(long at, long lag) {
        if (lag <= MOST_MILLIS) {
            return new LagStanding(0, 0, 0, freshSince == 0 ? at : freshSince, at);
        }
        long since = staleSince == 0 ? at : staleSince;
        boolean behind = at - since >= MINUTE;
        return new LagStanding(since, at, lag / 1_000, behind ? 0 : freshSince, behind ? 0 : freshAt);
    }

    /** We could not take frames: what became old meanwhile says nothing about the gateway. */
    LagStanding interrupted() {
        return UNKNOWN;
    }

    /**
     * Only what came after the last statement says anything against it, as of the clock.
     *
     * @param statedAt when something was stated of the lag last, by whatever door; 0 for never
     */
    Finding finding(long now, long statedAt) {
        if (staleAt - Math.max(staleSince, statedAt) >= MINUTE && now - staleAt <= FORGOTTEN_AFTER) {
            return Finding.AMISS;
        }
        return freshAt - Math.max(freshSince, statedAt) >= MINUTE ? Finding.WELL : Finding.OPEN;
    }
}
