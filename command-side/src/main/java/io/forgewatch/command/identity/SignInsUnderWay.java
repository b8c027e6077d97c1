package io.forgewatch.command.identity;

import io.forgewatch.command.identity.Attempts.Ticket;
import io.forgewatch.command.identity.Attempts.Verdict;
import io.forgewatch.web.AddressBlock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What strangers have under way, by account and network. An attempt holds its allowance until its password was looked at, so that
 * many at once are no way around; whoever finds none left while others of the same hold some has not failed, and waits for one of
 * them to end: a right one gives back what it held, and after wrong ones there is nobody to wait for.
 */
final class SignInsUnderWay {

    /** Waiting of one account at one network; as few are under way as its allowance has tokens. */
    private static final int MOST_WAITING = 32;

    /** As long as one waits for a password to be looked at. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Attempts attempts;

    // Guarded by this.
    private final Map<Pair, Running> running = new HashMap<>();

    private record Pair(String account, AddressBlock network) {}

    private static final class Running {
        private int underWay;
        private int waiting;
        private Sinks.Empty<Void> nextEnd = Sinks.empty();
    }

    /** What is said of an attempt. */
    sealed interface Turn {

        /** It may go on; when it is over, {@link #ended} has to be told, after its ticket. */
        record Go(Ticket ticket) implements Turn {}

        /** It is asked again after this; fails with {@link TimeoutException} when it took too long. */
        record After(Mono<Void> other) implements Turn {}

        record Refused(Duration delay) implements Turn {}
    }

    SignInsUnderWay(Attempts attempts) {
        this.attempts = attempts;
    }

    /** Under one lock with {@link #ended}: whose allowance is not back yet has not ended yet, and will wake whoever waits. */
    synchronized Turn next(String account, AddressBlock network) {
        Pair pair = new Pair(account, network);
        return switch (attempts.unknown(account, network)) {
            case Verdict.Go(Ticket ticket) -> {
                running.computeIfAbsent(pair, first -> new Running()).underWay++;
                yield new Turn.Go(ticket);
            }
            case Verdict.Wait(Duration wait) -> {
                Running others = running.get(pair);
                yield others == null || others.waiting >= MOST_WAITING
                        ? new Turn.Refused(wait)
                        : new Turn.After(waiting(others));
            }
        };
    }

    void ended(String account, AddressBlock network) {
        over(new Pair(account, network)).tryEmitEmpty().orThrow();
    }

    private Mono<Void> waiting(Running others) {
        others.waiting++;
        return others.nextEnd.asMono().timeout(LONGEST).doFinally(end -> leave(others));
    }

    private synchronized void leave(Running others) {
        others.waiting--;
    }

    private synchronized Sinks.Empty<Void> over(Pair pair) {
        Running one = Objects.requireNonNull(running.get(pair));
        Sinks.Empty<Void> end = one.nextEnd;
        one.nextEnd = Sinks.empty();
        one.underWay--;
        if (one.underWay == 0) {
            running.remove(pair);
        }
        return end;
    }
}
