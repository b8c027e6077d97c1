package io.forgewatch.query.outlet;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Place;
import io.forgewatch.web.Problem;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * All who listen to a stream on this instance. Each has a bounded buffer for what his jurisdiction covers; who is too slow for it is
 * let go and comes back with the id of the last entry that reached him.
 */
final class Listeners {

    private static final int BUFFER = 512;
    private static final int MOST = 5_000;

    private final Set<Listener> all = ConcurrentHashMap.newKeySet();
    private final Sinks.Empty<Void> opened = Sinks.empty();
    private volatile @Nullable Place said;

    /**
     * One of them.
     *
     * @param since all that comes after this place comes to him
     */
    record Listener(Jurisdiction scope, Place since, Sinks.Many<Told> buffer) {

        Flux<Told> heard() {
            return buffer.asFlux();
        }
    }

    /** Somebody has to come again: he read more slowly than things happened, or what he read was of a history that is gone. */
    static final class ComeAgainException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ComeAgainException(String why) {
            super(why, null, false, false);
        }
    }

    /** Fails with 503 when as many listen as one instance is made for. To be removed however the listening ends. */
    synchronized Listener register(Jurisdiction scope) {
        Place since = said;
        if (isFull() || since == null) {
            throw Problem.unavailable(isFull() ? 10 : 1);
        }
        Listener listener = new Listener(
                scope,
                since,
                Sinks.many()
                        .unicast()
                        .onBackpressureBuffer(Queues.<Told>get(BUFFER).get()));
        all.add(listener);
        return listener;
    }

    void remove(Listener listener) {
        all.remove(listener);
    }

    int count() {
        return all.size();
    }

    /** Whether as many listen as one instance is made for. */
    boolean isFull() {
        return all.size() >= MOST;
    }

    /** Up to where all was said; null while it is not known where this begins. */
    @Nullable
    Place said() {
        return said;
    }

    /** Said to all whom it concerns, in order, each place once. */
    synchronized void say(String enterpriseId, Told.News news) {
        Place before = said;
        if (before != null && news.place().isBeyond(before)) {
            said = news.place();
            tellAll(enterpriseId, news);
        }
    }

    /** Said though it lies behind what was said. */
    synchronized void sayLate(String enterpriseId, Told.LateNews news) {
        tellAll(enterpriseId, news);
    }

    private void tellAll(String enterpriseId, Told news) {
        EnterpriseId enterprise = new EnterpriseId(enterpriseId);
        for (Listener listener : all) {
            if (listener.scope.covers(enterprise)) {
                tell(listener, news);
            }
        }
    }

    /** There is nothing else up to there. */
    synchronized void saidUpTo(Place place) {
        Place before = said;
        said = before == null ? place : Place.later(before, place);
        opened.tryEmitEmpty();
    }

    /** Completes when it is known where this begins. */
    Mono<Void> opened() {
        return opened.asMono();
    }

    /** Lets one know up to where he has heard all. */
    synchronized void mark(Listener listener) {
        tell(listener, new Told.UpTo(Objects.requireNonNull(said)));
    }

    private void tell(Listener listener, Told what) {
        if (listener.buffer.tryEmitNext(what) == Sinks.EmitResult.FAIL_OVERFLOW) {
            all.remove(listener);
            listener.buffer.tryEmitError(new ComeAgainException("The listener did not keep up"));
        }
    }
}
