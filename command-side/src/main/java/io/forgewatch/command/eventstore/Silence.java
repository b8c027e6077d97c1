package io.forgewatch.command.eventstore;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Finds out that a connection says nothing any more: something is asked for, and for a while nothing comes. Neither a long stream,
 * of which a row comes now and then, nor a slow reader, who asks for nothing meanwhile, is silence.
 */
final class Silence {

    /** So often within the limit somebody looks. One timer for all of a stream, not one a row. */
    private static final int LOOKS = 4;

    private final Duration longest;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong signals = new AtomicLong();

    // Used by the timer only.
    private long seen;
    private int unchanged;

    private Silence(Duration longest) {
        this.longest = longest;
    }

    /** The same stream, which fails with {@link Broken} when it is silent for longer than that, by up to a quarter. */
    static <T> Flux<T> limited(Publisher<T> answer, Duration longest) {
        return Flux.defer(() -> {
            Silence silence = new Silence(longest);
            return Flux.from(answer)
                    .doOnRequest(silence::asked)
                    .doOnNext(row -> silence.heard())
                    .takeUntilOther(silence.broken());
        });
    }

    private void asked(long more) {
        wanted.accumulateAndGet(more, Operators::addCap);
        signals.incrementAndGet();
    }

    private void heard() {
        heard.lazySet(heard.get() + 1);
        signals.incrementAndGet();
    }

    private Mono<Void> broken() {
        // Not by an interval: whoever takes back a timer that repeats may have to wait for a lock.
        return Mono.delay(longest.dividedBy(LOOKS))
                .repeat(() -> !isTooLong())
                .then(Mono.error(() -> new Broken("PostgreSQL said nothing for " + longest)));
    }

    private boolean isTooLong() {
        long now = signals.get();
        if (now != seen || heard.get() >= wanted.get()) {
            seen = now;
            unchanged = 0;
            return false;
        }
        unchanged++;
        return unchanged >= LOOKS;
    }

    /** A connection that says nothing. */
    static final class Broken extends TimeoutException {

        private static final long serialVersionUID = 1L;

        private Broken(String message) {
            super(message);
        }
    }
}
