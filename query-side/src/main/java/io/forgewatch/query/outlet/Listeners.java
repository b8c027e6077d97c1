package io.forgewatch.query.outlet;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.web.Problem;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * All who listen to a stream on this instance. Each has a bounded buffer for what his jurisdiction covers; who is too slow for it is
 * let go and comes back with the id of the last entry that reached him.
 */
final class Listeners<E> {

    private static final int BUFFER = 512;
    private static final int MOST = 5_000;

    /** Nothing is said yet: where this begins is not known. */
    static final long CLOSED = -1;

    private final Set<Listener<E>> all = ConcurrentHashMap.newKeySet();
    private final Sinks.Empty<Void> opened = Sinks.empty();
    private volatile long said = CLOSED;

    /**
     * One of them.
     *
     * @param since all that comes after this position comes to him
     */
    record Listener<E>(Jurisdiction scope, long since, Sinks.Many<Told<E>> buffer) {

        Flux<Told<E>> heard() {
            return buffer.asFlux();
        }
    }

    /** Somebody read more slowly than things happened. */
    static final class TooSlowException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooSlowException() {
            super("The listener did not keep up", null, false, false);
        }
    }

    /** Fails with 503 when as many listen as one instance is made for. To be removed however the listening ends. */
    synchronized Listener<E> register(Jurisdiction scope) {
        if (isFull() || said == CLOSED) {
            throw Problem.unavailable(isFull() ? 10 : 1);
        }
        Listener<E> listener = new Listener<>(
                scope,
                said,
                Sinks.many()
                        .unicast()
                        .onBackpressureBuffer(Queues.<Told<E>>get(BUFFER).get()));
        all.add(listener);
        return listener;
    }

    void remove(Listener<E> listener) {
        all.remove(listener);
    }

    int count() {
        return all.size();
    }

    /** Whether as many listen as one instance is made for. */
    boolean isFull() {
        return all.size() >= MOST;
    }

    /** Up to where all was said; {@link #CLOSED} before the first. */
    long said() {
        return said;
    }

    /** Said to all whom it concerns, in order, each position once. */
    synchronized void say(Entry<E> entry) {
        if (entry.position() <= said) {
            return;
        }
        said = entry.position();
        tellAll(entry, new Told.News<>(entry));
    }

    /** Said though it lies behind what was said. */
    synchronized void sayLate(Entry<E> entry) {
        tellAll(entry, new Told.LateNews<>(entry));
    }

    private void tellAll(Entry<E> entry, Told<E> news) {
        EnterpriseId enterprise = new EnterpriseId(entry.enterpriseId());
        for (Listener<E> listener : all) {
            if (listener.scope.covers(enterprise)) {
                tell(listener, news);
            }
        }
    }

    /** There is nothing else up to there. */
    synchronized void saidUpTo(long position) {
        said = Math.max(said, position);
        opened.tryEmitEmpty();
    }

    /** Completes when it is known where this begins. */
    Mono<Void> opened() {
        return opened.asMono();
    }

    /** Lets one know up to where he has heard all. */
    synchronized void mark(Listener<E> listener) {
        tell(listener, new Told.UpTo<>(said));
    }

    private void tell(Listener<E> listener, Told<E> what) {
        if (listener.buffer.tryEmitNext(what) == Sinks.EmitResult.FAIL_OVERFLOW) {
            all.remove(listener);
            listener.buffer.tryEmitError(new TooSlowException());
        }
    }
}
