package io.forgewatch.query.projection;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a run fails and tries again, for as long as it does: whoever looks after the system must see it. */
final class Trouble {

    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    /** Where nothing happens, nothing fails for longer than the store needs to. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    private final Generation generation;
    private final Progress progress;
    private volatile long begunNanos;

    Trouble(Generation generation, Progress progress) {
        this.generation = generation;
        this.progress = progress;
    }

    /** The stack of each kind once: what repeats itself every few seconds would fill the log. */
    void beginsAgain(long position, Throwable failure) {
        String why = failure.toString();
        boolean known = progress.trouble(generation).filter(why::equals).isPresent();
        LOG.warn("Projection {} begins again after position {}: {}", generation, position, why, known ? null : failure);
        if (!(failure instanceof OvertakenException)) {
            progress.troubled(generation, why);
        }
    }

    void begun() {
        begunNanos = System.nanoTime();
    }

    void isOver() {
        progress.untroubled(generation);
    }

    /** @return whether it has gone on for so long that nothing is wrong any more */
    boolean isOverWhereQuiet() {
        boolean quiet = System.nanoTime() - begunNanos > QUIET.toNanos();
        if (quiet) {
            isOver();
        }
        return quiet;
    }
}
