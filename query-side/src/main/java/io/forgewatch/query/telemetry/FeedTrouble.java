package io.forgewatch.query.telemetry;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why live readings do not go on or are not kept, for as long as it is so: whoever looks after the system must see it. */
final class FeedTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(FeedTrouble.class);

    /** Where no frame comes, nothing fails for longer than store and broker need to. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    private volatile @Nullable Failing taking;
    private volatile @Nullable String keeping;

    /** @param begunNanos since when it tries again; null while it waits before that */
    private record Failing(String why, @Nullable Long begunNanos) {

        boolean isOver() {
            return begunNanos != null && System.nanoTime() - begunNanos > QUIET.toNanos();
        }
    }

    /** The stack of each kind once: what repeats itself every few seconds would fill the log. */
    void beginsAgain(Throwable failure) {
        String why = failure.toString();
        Failing before = taking;
        boolean known = before != null && before.why.equals(why);
        LOG.warn("Live readings begin again: {}", why, known ? null : failure);
        taking = new Failing(why, null);
    }

    /** Frames are asked for. */
    void begun() {
        Failing before = taking;
        if (before != null) {
            taking = new Failing(before.why, System.nanoTime());
        }
    }

    /** A frame came. */
    void goesOn() {
        if (taking != null) {
            taking = null;
        }
    }

    void notKept(Throwable failure) {
        LOG.warn("The live readings could not be kept; the next snapshot has them", failure);
        keeping = "They could not be kept: " + failure;
    }

    void kept() {
        keeping = null;
    }

    /** Null while all is well. */
    @Nullable
    String now() {
        Failing failing = taking;
        String kept = keeping;
        String why = Stream.of(failing == null || failing.isOver() ? "" : failing.why, kept == null ? "" : kept)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining("; "));
        return why.isEmpty() ? null : why;
    }
}
