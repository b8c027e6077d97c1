package io.forgewatch.command.gateway;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The numbers that one gateway used last, as the log has them, and those that are under way through this door. Numbers are unsigned.
 * A number that was never used is too old when it lies {@value #SIZE} or more below the highest, or below all that are remembered
 * when the memory is full; a remembered one always gets its answer again.
 */
final class SequenceWindow {

    static final int SIZE = UsedNumbers.SIZE;

    /** What may be done with a number. */
    sealed interface Claim {
        /**
         * Nobody had it: the caller must end it with {@link #written} or {@link #release}.
         *
         * @param answer comes by that end
         */
        record Fresh(Mono<Answer> answer) implements Claim {}

        /** The same frame was answered or is being written: its answer. */
        record Repeat(Mono<Answer> answer) implements Claim {}

        /** It was used for another body. */
        record Conflict() implements Claim {}

        record TooOld() implements Claim {}

        /** The same frame was sent to the log before, and whether it is in it is not known yet. */
        record Undecided() implements Claim {}

        /** Too many of this gateway's frames are under way. */
        record Busy() implements Claim {}
    }

    /** By the order of the log another body had the number before. */
    static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OvertakenException() {
            super("Another frame had the number before", null, false, false);
        }
    }

    private record UnderWay(BodyDigest digest, Sinks.One<Answer> answer) {}

    private record Doubtful(BodyDigest digest, BooleanSupplier decided) {}

    private final int mostUnderWay;
    private final UsedNumbers used = new UsedNumbers();
    private final Map<Long, UnderWay> underWay = new HashMap<>();
    /** Writes that failed may be in the log all the same, or come into it. */
    private final Map<Long, Doubtful> doubtful = new HashMap<>();

    SequenceWindow(int mostUnderWay) {
        this.mostUnderWay = mostUnderWay;
    }

    synchronized Claim claim(long sequence, BodyDigest digest) {
        Claim known = known(sequence, digest);
        if (known != null) {
            return known;
        }
        Doubtful before = doubtful.get(sequence);
        if (before != null && !before.decided().getAsBoolean()) {
            return before.digest().equals(digest) ? new Claim.Undecided() : new Claim.Conflict();
        }
        if (used.isTooOld(sequence)) {
            return new Claim.TooOld();
        }
        if (underWay.size() >= mostUnderWay) {
            return new Claim.Busy();
        }
        doubtful.remove(sequence);
        Sinks.One<Answer> answer = Sinks.one();
        underWay.put(sequence, new UnderWay(digest, answer));
        return new Claim.Fresh(answer.asMono());
    }

    /** What is known of a number, or null when it was not used. */
    synchronized @Nullable Claim known(long sequence, BodyDigest digest) {
        UsedNumber before = used.of(sequence);
        if (before != null) {
            return before.digest().equals(digest)
                    ? new Claim.Repeat(Mono.just(before.answer()))
                    : new Claim.Conflict();
        }
        UnderWay writing = underWay.get(sequence);
        if (writing == null) {
            return null;
        }
        return writing.digest().equals(digest)
                ? new Claim.Repeat(writing.answer().asMono())
                : new Claim.Conflict();
    }

    /** Whether a frame can be one that never came before; what lies below all that is remembered may have. */
    synchronized boolean canBeNew(long sequence, BodyDigest digest) {
        return !(known(sequence, digest) instanceof Claim.Repeat) && !used.isTooOld(sequence);
    }

    /**
     * A frame of this door is on disk: whoever waits for it gets the answer that the number has by the order of the log, as far as
     * this door has read it.
     */
    void written(UsedNumber frame) {
        UnderWay ended;
        UsedNumber first;
        synchronized (this) {
            used.put(frame);
            doubtful.remove(frame.sequence());
            ended = underWay.remove(frame.sequence());
            first = used.of(frame.sequence());
        }
        if (ended == null) {
            return;
        }
        if (first == null || first.digest().equals(frame.digest())) {
            ended.answer().tryEmitValue((first == null ? frame : first).answer());
        } else {
            ended.answer().tryEmitError(new OvertakenException());
        }
    }

    /** A frame of whatever door is in the log. What is under way here waits for its own end. */
    synchronized void read(UsedNumber frame) {
        used.put(frame);
        doubtful.remove(frame.sequence());
    }

    /**
     * A frame of this door was not written, or nobody knows.
     *
     * @param decided says whether it is known by now what became of it: then it is among the numbers read, or was not written; null
     *     when it was certainly not written
     */
    void release(long sequence, @Nullable BooleanSupplier decided, Throwable failure) {
        UnderWay ended;
        synchronized (this) {
            ended = underWay.remove(sequence);
            if (ended != null && decided != null && used.of(sequence) == null) {
                forgetDecided();
                if (doubtful.size() < SIZE) {
                    doubtful.put(sequence, new Doubtful(ended.digest(), decided));
                }
            }
        }
        if (ended != null) {
            ended.answer().tryEmitError(failure);
        }
    }

    private void forgetDecided() {
        if (doubtful.size() >= mostUnderWay) {
            for (Iterator<Doubtful> each = doubtful.values().iterator(); each.hasNext(); ) {
                if (each.next().decided().getAsBoolean()) {
                    each.remove();
                }
            }
        }
    }

    /** Puts in what was kept. */
    synchronized void restore(KeptWindow kept) {
        kept.numbers().forEach(used::put);
        if (kept.cut()) {
            used.cut();
        }
    }

    /** What is to be kept of the log's frames before an offset. */
    synchronized KeptWindow kept(long before, long last) {
        return KeptWindow.of(used, before, last);
    }
}
