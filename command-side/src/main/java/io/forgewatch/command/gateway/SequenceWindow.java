package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The numbers that one gateway used last, with the digest and the answer of each, and those that are under way. Numbers are
 * unsigned. A number that was never used is too old when it lies {@value #SIZE} or more below the highest, or below all that
 * are remembered when the memory is full; a remembered one always gets its answer again.
 */
final class SequenceWindow {

    static final int SIZE = 1_024;

    /** What may be done with a number. */
    sealed interface Claim {
        /**
         * Nobody had it: the caller must end it with {@link #record} or {@link #release}.
         *
         * @param answer comes by that end
         */
        record Fresh(Mono<Answer> answer) implements Claim {}

        /** The same frame was answered or is being written: its answer. */
        record Repeat(Mono<Answer> answer) implements Claim {}

        /** It was used for another body. */
        record Conflict() implements Claim {}

        record TooOld() implements Claim {}

        /** Too many of this gateway's frames are under way. */
        record Busy() implements Claim {}
    }

    private record UnderWay(byte[] digest, Sinks.One<Answer> answer) {}

    private final int mostUnderWay;
    private final Map<Long, UnderWay> underWay = new HashMap<>();
    /** Writes that failed may be in the log all the same: their numbers stay bound to their digests. */
    private final Map<Long, byte[]> uncertain = new HashMap<>();

    private int size;
    private long[] sequences = new long[16];
    private byte[][] digests = new byte[16][];
    private Answer[] answers = new Answer[16];

    SequenceWindow(int mostUnderWay) {
        this.mostUnderWay = mostUnderWay;
    }

    synchronized Claim claim(long sequence, byte[] digest) {
        Claim known = known(sequence, digest);
        if (known != null) {
            return known;
        }
        byte[] failed = uncertain.get(sequence);
        if (failed != null && !Arrays.equals(failed, digest)) {
            return new Claim.Conflict();
        }
        if (isTooOld(sequence)) {
            return new Claim.TooOld();
        }
        if (underWay.size() >= mostUnderWay) {
            return new Claim.Busy();
        }
        Sinks.One<Answer> answer = Sinks.one();
        underWay.put(sequence, new UnderWay(digest, answer));
        return new Claim.Fresh(answer.asMono());
    }

    /** What is known of a number, or null when it was not used. */
    synchronized @Nullable Claim known(long sequence, byte[] digest) {
        UnderWay writing = underWay.get(sequence);
        if (writing != null) {
            return Arrays.equals(writing.digest(), digest)
                    ? new Claim.Repeat(writing.answer().asMono())
                    : new Claim.Conflict();
        }
        int place = place(sequence);
        if (place < 0) {
            return null;
        }
        return Arrays.equals(digests[place], digest)
                ? new Claim.Repeat(Mono.just(answers[place]))
                : new Claim.Conflict();
    }

    /** Whether a frame can be one that never came before; what lies below all that is remembered may have. */
    synchronized boolean canBeNew(long sequence, byte[] digest) {
        return !(known(sequence, digest) instanceof Claim.Repeat) && !isTooOld(sequence);
    }

    private boolean isTooOld(long sequence) {
        if (size == 0) {
            return false;
        }
        long highest = sequences[size - 1];
        boolean farBelow =
                Long.compareUnsigned(sequence, highest) < 0 && Long.compareUnsigned(highest - sequence, SIZE) >= 0;
        return farBelow || (size == SIZE && Long.compareUnsigned(sequence, sequences[0]) < 0);
    }

    /** The frame is on disk: remembers its answer and gives it to those who wait for it. */
    void record(byte[] digest, Answer answer) {
        Sinks.One<Answer> waiting = remember(digest, answer);
        if (waiting != null) {
            waiting.tryEmitValue(answer);
        }
    }

    private synchronized Sinks.@Nullable One<Answer> remember(byte[] digest, Answer answer) {
        uncertain.remove(answer.sequence());
        UnderWay ended = underWay.remove(answer.sequence());
        int place = place(answer.sequence());
        if (place < 0) {
            enter(-place - 1, digest, answer);
        }
        return ended == null ? null : ended.answer();
    }

    private void enter(int insertion, byte[] digest, Answer answer) {
        int at = insertion;
        if (size == SIZE) {
            if (at == 0) {
                return;
            }
            // The lowest makes room.
            at--;
            System.arraycopy(sequences, 1, sequences, 0, at);
            System.arraycopy(digests, 1, digests, 0, at);
            System.arraycopy(answers, 1, answers, 0, at);
        } else {
            if (size == sequences.length) {
                sequences = Arrays.copyOf(sequences, size * 2);
                digests = Arrays.copyOf(digests, size * 2);
                answers = Arrays.copyOf(answers, size * 2);
            }
            System.arraycopy(sequences, at, sequences, at + 1, size - at);
            System.arraycopy(digests, at, digests, at + 1, size - at);
            System.arraycopy(answers, at, answers, at + 1, size - at);
            size++;
        }
        sequences[at] = answer.sequence();
        digests[at] = digest;
        answers[at] = answer;
    }

    /**
     * The frame was not written, or nobody knows.
     *
     * @param mayBeWritten whether it can be in the log all the same
     */
    void release(long sequence, boolean mayBeWritten, Throwable failure) {
        UnderWay ended;
        synchronized (this) {
            ended = underWay.remove(sequence);
            if (ended != null && mayBeWritten && uncertain.size() < SIZE) {
                uncertain.put(sequence, ended.digest());
            }
        }
        if (ended != null) {
            ended.answer().tryEmitError(failure);
        }
    }

    /** For the start: what the log says was used. */
    void restore(Frame frame) {
        record(frame.digest(), new Answer(frame.sequence(), frame.size(), frame.refused()));
    }

    /** Place among the remembered, or -(insertion point) - 1. */
    private int place(long sequence) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(sequences[middle], sequence);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
