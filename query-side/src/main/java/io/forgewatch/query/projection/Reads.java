package io.forgewatch.query.projection;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.web.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * How callers get at the views: through connections of their own, so many at once, and for so long. Whoever comes when all places
 * are taken waits a bounded time in a bounded queue; then it is 503 with {@code Retry-After}. So those who look never keep a
 * projection from writing (ADR 37).
 */
public final class Reads {

    /** No more than there are connections, so that it is here that they wait. */
    static final int AT_ONCE = 16;

    static final int WAITING = 1_000;

    /** How long for a place. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What the store's own limit should have ended by then: it does not answer at all. */
    static final Duration NO_ANSWER = Documents.LONGEST_READ.plusSeconds(1);

    private static final int RETRY_SECONDS = 2;

    private final MongoDatabase callers;
    private final MongoDatabase own;
    private final InstrumentedPool<Boolean> places = PoolBuilder.from(Mono.just(true))
            .sizeBetween(0, AT_ONCE)
            .maxPendingAcquire(WAITING)
            .buildPool();

    /**
     * @param callers the database by the connections that only callers use
     * @param own the same by those that this instance works with
     */
    Reads(MongoDatabase callers, MongoDatabase own) {
        this.callers = callers;
        this.own = own;
    }

    /** By one and the same connections. */
    public static Reads of(MongoDatabase database) {
        return new Reads(database, database);
    }

    /** For what callers ask; to be asked within {@link #one} or {@link #many}. */
    public MongoDatabase callers() {
        return callers;
    }

    /** For what this instance keeps in memory and tells. */
    public MongoDatabase own() {
        return own;
    }

    /** A question that has one answer, in its turn. */
    public <T> Mono<T> one(Mono<T> question) {
        return many(question).next();
    }

    /** A question that has a page of answers, in its turn. Fails with 503 when that does not come, or no answer does. */
    public <T> Flux<T> many(Publisher<T> question) {
        return Flux.usingWhen(
                places.acquire(PATIENCE).onErrorMap(Reads::isFull, full -> Problem.unavailable(RETRY_SECONDS)),
                place -> Flux.from(question).timeout(NO_ANSWER),
                PooledRef::release);
    }

    private static boolean isFull(Throwable failure) {
        return failure instanceof RejectedExecutionException || failure instanceof TimeoutException;
    }

    void measure(MeterRegistry meters) {
        Gauge.builder("forgewatch.reads.busy", places, pool -> pool.metrics().acquiredSize())
                .description("Questions to the document store that callers wait for")
                .register(meters);
        Gauge.builder("forgewatch.reads.waiting", places, pool -> pool.metrics().pendingAcquireSize())
                .description("Callers' questions whose turn has not come")
                .register(meters);
    }
}
