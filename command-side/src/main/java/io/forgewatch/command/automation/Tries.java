package io.forgewatch.command.automation;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.bulkhead.Patience;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.bulkhead.Trying;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Tries the work of owners, and remembers of whom something hung: until something of theirs succeeds again, what further hangs holds up
 * the rest of theirs for two seconds and not for fifteen.
 */
final class Tries {

    private static final Patience BRIEF =
            new Patience(1, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1));
    /** More works than there are: beyond that they are as patient as before. */
    private static final int MOST = 10_000;

    private final Trying usual;
    private final Trying brief;
    private final Set<String> hung = ConcurrentHashMap.newKeySet();

    /** @param time by which it waits */
    Tries(Blame blame, Scheduler time) {
        this.usual = new Trying(Patience.USUAL, blame, time);
        this.brief = new Trying(BRIEF, blame, time);
    }

    /** As {@link Trying#of}. */
    <T> Mono<T> of(String owner, Mono<T> work) {
        return Mono.defer(() -> (hung.contains(owner) ? brief : usual)
                .of(work)
                .doOnSuccess(done -> hung.remove(owner))
                .doOnError(PoisonException.class, poison -> {
                    if (poison.getCause() instanceof TimeoutException && hung.size() < MOST) {
                        hung.add(owner);
                    }
                }));
    }
}
