package io.forgewatch.command.security;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The way to where passwords are checked. One check takes 50 ms of a processor and 19 MiB: only a few are under way at once, and the
 * others wait in lanes. Who is known always goes first, and has one place that nobody else is given; suspects and strangers take
 * turns for the others, so that neither can be kept out by the other; and within a lane networks or accounts take turns: a flood of
 * strangers costs one processor and keeps no known account waiting longer than one check.
 *
 * <p>Nothing waits without an end: a lane that is full refuses, first those of whom the most wait; who waits too long, and what takes
 * too long, is given up.
 */
public final class PasswordLanes {

    /** Waiting in one lane. */
    static final int LANE = 96;

    /** How long one may wait, and how long be under way; far more than finding an account and checking a password takes. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final int places;

    // Guarded by this.
    private final Map<Lane, FairQueue<Waiting>> lanes = new EnumMap<>(Lane.class);
    private int taken;
    private int takenByDoubtful;
    private Lane lastDoubtful = Lane.UNKNOWN;

    private record Waiting(Lane lane, String whose, Sinks.Empty<Void> turn) {}

    /** @param places how many are under way at once, at least 2 */
    public PasswordLanes(int places) {
        if (places < 2) {
            throw new IllegalArgumentException("Strangers and others have a place each at least");
        }
        this.places = places;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new FairQueue<>(LANE));
        }
    }

    /**
     * Does some work when it is its turn, and to its end even when nobody waits for the answer any longer: whoever goes away must
     * not free a place in which a password is still being checked. Fails with {@link RejectedExecutionException} when too many wait
     * already or the turn does not come in time, and with {@link TimeoutException} when the work takes too long.
     *
     * @param whose with whom it shares its turns: a network, an account
     */
    public <T> Mono<T> in(Lane lane, String whose, Mono<T> work) {
        return Mono.deferContextual(context -> Mono.fromFuture(
                () -> queued(new Waiting(lane, whose, Sinks.empty()), work)
                        .contextWrite(context)
                        .toFuture(),
                true));
    }

    private <T> Mono<T> queued(Waiting waiting, Mono<T> work) {
        joins(waiting).ifPresent(gone -> gone.turn().tryEmitError(tooMany()).orThrow());
        callNext();
        return waiting.turn()
                .asMono()
                .timeout(LONGEST)
                // It may have been called in this very moment.
                .onErrorResume(TimeoutException.class, late -> leaves(waiting) ? Mono.error(tooMany()) : Mono.empty())
                .then(Mono.defer(() -> work.timeout(LONGEST)).doFinally(end -> leave(waiting.lane())));
    }

    private synchronized Optional<Waiting> joins(Waiting waiting) {
        return queue(waiting.lane()).add(waiting.whose(), waiting);
    }

    /** Whether it waited still. */
    private synchronized boolean leaves(Waiting waiting) {
        return queue(waiting.lane()).remove(waiting.whose(), waiting);
    }

    private void callNext() {
        for (Optional<Waiting> next = next(); next.isPresent(); next = next()) {
            // Outside of the lock: whoever is called begins to work here.
            next.get().turn().tryEmitEmpty().orThrow();
        }
    }

    private synchronized Optional<Waiting> next() {
        if (taken >= places) {
            return Optional.empty();
        }
        Optional<Waiting> first = queue(Lane.KNOWN).poll();
        if (first.isEmpty() && takenByDoubtful < places - 1) {
            first = nextDoubtful();
        }
        first.ifPresent(called -> {
            taken++;
            takenByDoubtful += called.lane().isDoubtful() ? 1 : 0;
        });
        return first;
    }

    /** Of the lane that did not have the last turn, if anybody waits there. */
    private Optional<Waiting> nextDoubtful() {
        Lane other = lastDoubtful == Lane.SUSPECT ? Lane.UNKNOWN : Lane.SUSPECT;
        Optional<Waiting> first =
                queue(other).poll().or(() -> queue(lastDoubtful).poll());
        first.ifPresent(called -> lastDoubtful = called.lane());
        return first;
    }

    private void leave(Lane lane) {
        synchronized (this) {
            taken--;
            takenByDoubtful -= lane.isDoubtful() ? 1 : 0;
        }
        callNext();
    }

    private FairQueue<Waiting> queue(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }

    private static RejectedExecutionException tooMany() {
        return new RejectedExecutionException("Too many wait for their passwords to be checked");
    }
}
