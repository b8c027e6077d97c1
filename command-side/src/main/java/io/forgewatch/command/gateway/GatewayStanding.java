package io.forgewatch.command.gateway;

/** What the frames of one gateway show of it at this door. Pure. */
record GatewayStanding(ClockStanding clock, LagStanding lag) {

    static final GatewayStanding UNKNOWN = new GatewayStanding(ClockStanding.UNKNOWN, LagStanding.UNKNOWN);

    /**
     * A frame was taken.
     *
     * @param at when it came in, epoch milliseconds
     */
    GatewayStanding accepted(long at, ClockOffset offset, ReadingTimes times) {
        LagStanding nextLag = times.hasNewest() ? lag.saw(at, Math.min(at, offset.clock(at)) - times.newestAt()) : lag;
        return new GatewayStanding(clock(at, offset, times), nextLag);
    }

    private ClockStanding clock(long at, ClockOffset offset, ReadingTimes times) {
        if (offset.isWrong()) {
            return clock.wrong(at, offset);
        }
        return times.mostAhead() > ClockOffset.MOST_MILLIS ? clock.ahead(at, times.mostAhead()) : clock.good(at);
    }

    /** A frame was well signed, by a clock so wrong that it was refused. */
    GatewayStanding skewed(long at, ClockOffset offset) {
        return new GatewayStanding(clock.wrong(at, offset), lag);
    }

    /** A frame could not be taken for a reason of ours. */
    GatewayStanding interrupted() {
        return new GatewayStanding(clock.interrupted(), lag.interrupted());
    }
}
