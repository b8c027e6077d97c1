package io.forgewatch.command.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the clock of this instance is from the event store's, which is one for all instances. Whoever holds the clocks of others
 * against his own must know that his own is right.
 *
 * <p>The store's word is as old as its way: between asking and hearing lies the moment at which it looked. So an instance is said
 * to be off only by as much as it is whenever that was.
 */
public final class StoreClock {

    static final Duration MOST = Duration.ofSeconds(2);
    /** One look proves little: a clock is stepped, a machine stands still for a moment. */
    static final int PROVES = 3;
    /** A clock that nobody compared for so long may be any. */
    static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StoreClock.class);

    private final Clock clock;
    private final LongSupplier nanos;
    private volatile Looks looks;

    /**
     * @param wrong how many looks in a row showed it to be wrong, those that showed nothing left out
     * @param aheadMillis by how much it was ahead at the last of them at least; negative where it was behind
     * @param right whether the last look that showed something showed it to be right
     * @param at when that was, by {@link System#nanoTime()}
     */
    private record Looks(int wrong, long aheadMillis, boolean right, long at) {

        Looks next(long leastAhead, long mostAhead, long now) {
            long surely = leastAhead > 0 ? leastAhead : Math.min(mostAhead, 0);
            if (Math.abs(surely) > MOST.toMillis()) {
                return new Looks(wrong + 1, surely, false, now);
            }
            boolean within = leastAhead >= -MOST.toMillis() && mostAhead <= MOST.toMillis();
            return within ? new Looks(0, 0, true, now) : this;
        }

        boolean isWrong() {
            return wrong >= PROVES;
        }
    }

    /**
     * @param clock the instance's own, by which frames are stamped
     * @param nanos as of {@link System#nanoTime()}, which no setting of a clock moves
     */
    public StoreClock(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.looks = new Looks(0, 0, false, nanos.getAsLong());
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
        Looks before = looks;
        Looks after = before.next(
                Math.min(asked, heard) - store.toEpochMilli(),
                Math.max(asked, heard) - store.toEpochMilli(),
                nanos.getAsLong());
        looks = after;
        if (after.isWrong() && !before.isWrong()) {
            LOG.error(
                    "The clock of this machine is {} s off the event store's (ahead where positive): set it right."
                            + " Until then nothing is said of the clocks of gateways."
                            + " 本机时钟与事件库相差 {} 秒（正数为快）：请校准时钟。校准之前不判定网关时钟。",
                    seconds(after.aheadMillis()),
                    seconds(after.aheadMillis()));
        } else if (before.isWrong() && after.right()) {
            LOG.info("The clock of this machine is right again. 本机时钟已恢复正确。");
        }
    }

    /** Whether it was compared just now and found right. */
    public boolean isRight() {
        Looks last = looks;
        return last.right() && nanos.getAsLong() - last.at() <= KNOWN_FOR.toNanos();
    }

    /** Whether the last look that showed something showed it to be off: what was judged by it says nothing. */
    public boolean isSuspect() {
        return looks.wrong() > 0;
    }

    /** By how many seconds it is ahead of the store's, negative where it is behind; 0 as long as it is not proven to be wrong. */
    public long secondsAhead() {
        Looks last = looks;
        return last.isWrong() ? seconds(last.aheadMillis()) : 0;
    }

    private static long seconds(long millis) {
        return Math.round(millis / 1_000.0);
    }
}
