package io.forgewatch.command.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the clock of this instance is from the event store's, which is one for all instances. Whoever holds the clocks of others
 * against his own must know that his own is right enough for it.
 *
 * <p>The store's word is as old as its way: between asking and hearing lies the moment at which it looked. So an instance is said
 * to be off only by as much as it is whenever that was.
 */
public final class StoreClock {

    /** More is told to whoever operates it. */
    static final Duration MOST = Duration.ofSeconds(2);
    /**
     * More, and nobody else's clock is judged by it: half of what makes a gateway's clock a wrong one. To be silent of all gateways
     * for less would hide more wrong clocks than it spares right ones.
     */
    public static final Duration MOST_TO_JUDGE = Duration.ofSeconds(15);
    /** One look proves little: a clock is stepped, a machine stands still for a moment. */
    static final int PROVES = 3;
    /** A clock that nobody compared for so long may be any. */
    static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StoreClock.class);

    private final Clock clock;
    private final LongSupplier nanos;
    private volatile ClockTolerance exact;
    private volatile ClockTolerance judging;

    /**
     * @param clock the instance's own, by which frames are stamped
     * @param nanos as of {@link System#nanoTime()}, which no setting of a clock moves
     */
    public StoreClock(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.exact = ClockTolerance.of(MOST, nanos.getAsLong());
        this.judging = ClockTolerance.of(MOST_TO_JUDGE, nanos.getAsLong());
    }

    /** The instance's own time, in epoch milliseconds. */
    long now() {
        return clock.millis();
    }

    /**
     * The store told its time. Called by one thread at a time.
     *
     * @param asked own time before it was asked
     * @param heard own time when its answer came
     */
    public void told(long asked, Instant store, long heard) {
        long leastAhead = Math.min(asked, heard) - store.toEpochMilli();
        long mostAhead = Math.max(asked, heard) - store.toEpochMilli();
        long now = nanos.getAsLong();
        ClockTolerance before = exact;
        ClockTolerance after = before.next(leastAhead, mostAhead, now);
        exact = after;
        judging = judging.next(leastAhead, mostAhead, now);
        if (isWrong(after) && !isWrong(before)) {
            LOG.error(
                    "The clock of this machine is {} s off the event store's (ahead where positive): set it right."
                            + " Beyond {} s nothing is said of the clocks of gateways."
                            + " 本机时钟与事件库相差 {} 秒（正数为快）：请校准时钟。超过 {} 秒时不判定网关时钟。",
                    seconds(after.aheadMillis()),
                    MOST_TO_JUDGE.toSeconds(),
                    seconds(after.aheadMillis()),
                    MOST_TO_JUDGE.toSeconds());
        } else if (isWrong(before) && after.within()) {
            LOG.info("The clock of this machine is right again. 本机时钟已恢复正确。");
        }
    }

    /** Whether it was compared just now and found right enough to judge the clocks of others by it. */
    public boolean canJudge() {
        return judging.isWithin(nanos.getAsLong(), KNOWN_FOR);
    }

    /** Whether the last look that showed something showed it to be so far off that what was judged by it says nothing. */
    public boolean misjudges() {
        return judging.isBeyond();
    }

    /** Whether the last look that showed something showed it to be off: where seconds count, it may be the one that is wrong. */
    public boolean isSuspect() {
        return exact.isBeyond();
    }

    /** By how many seconds it is ahead of the store's, negative where it is behind; 0 as long as it is not proven to be wrong. */
    public long secondsAhead() {
        ClockTolerance last = exact;
        return isWrong(last) ? seconds(last.aheadMillis()) : 0;
    }

    private static boolean isWrong(ClockTolerance looks) {
        return looks.beyond() >= PROVES;
    }

    private static long seconds(long millis) {
        return Math.round(millis / 1_000.0);
    }
}
