package io.forgewatch.command.automation;

import io.forgewatch.command.bulkhead.Bulkhead;
import io.forgewatch.command.bulkhead.FullException;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.eventstore.EventRows;
import io.forgewatch.command.eventstore.StoredEvent;
import io.forgewatch.event.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Does what was left alone, once it is time to try it again: page by page, until nothing is left, or it fails again. What more came
 * than could wait goes in the turns of its owner, behind what waits there; all else beside those, so that it holds up nothing new.
 */
final class Resumption {

    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int PAGE = 512;
    /** More than may wait for their turn aside: one works with much that hangs keeps nobody from being tried. */
    private static final int AT_ONCE = 8_192;

    private final String automation;
    private final Set<String> wanted;
    private final Parking parking;
    private final Acting acting;
    private final EventRows rows;
    private final Bulkhead live;
    private final Bulkhead aside;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Resumption(String automation, Set<String> wanted, Means means, Parking parking, Acting acting) {
        this.automation = automation;
        this.wanted = wanted;
        this.parking = parking;
        this.acting = acting;
        this.rows = means.rows();
        this.live = means.live();
        this.aside = means.aside();
    }

    /** Never ends. */
    Flux<Void> run() {
        return Flux.interval(Duration.ZERO, LOOK_EVERY, Schedulers.parallel())
                .onBackpressureDrop()
                .concatMap(tick -> parking.due().onErrorResume(this::laterAgain), 1)
                .filter(underWay::add)
                .flatMap(
                        key -> resumed(key).onErrorResume(this::laterAgain).doFinally(end -> underWay.remove(key)),
                        AT_ONCE);
    }

    /** Its time to be tried is not moved on: the next look finds it again. */
    private <T> Mono<T> laterAgain(Throwable failure) {
        if (!(failure instanceof FullException)) {
            LOG.warn("{} could not try again what it left alone: {}", automation, failure.toString());
        }
        return Mono.empty();
    }

    private Mono<Void> resumed(String key) {
        return page(key).expand(more -> more ? page(key) : Mono.empty()).then();
    }

    /** Whether there may be more to be done now. */
    private Mono<Boolean> page(String key) {
        return Mono.defer(() -> Mono.justOrEmpty(parking.of(key))).flatMap(parked -> {
            Bulkhead turns = parked.isOfOwner() ? live : aside;
            return turns.inTurn(parked.tag(), automation + ' ' + parked.tag(), page(parked));
        });
    }

    private Mono<Boolean> page(Parked parked) {
        return rows.bearing(parked.tag(), parked.position() - 1, PAGE)
                .collectList()
                .flatMap(page -> page.isEmpty()
                        ? parking.released(parked).map(released -> !released)
                        : new Page(parked).done(page));
    }

    /** So much as is read at once. */
    private final class Page {

        private final Parked parked;
        private final List<Mono<Void>> rests = new ArrayList<>();
        private long reached;

        Page(Parked parked) {
            this.parked = parked;
            this.reached = parked.position() - 1;
        }

        Mono<Boolean> done(List<StoredEvent> page) {
            return Flux.fromIterable(page)
                    .concatMap(event -> begun(event).doOnSuccess(rest -> {
                        rests.add(rest);
                        reached = event.position();
                    }))
                    .then(Mono.defer(this::settled))
                    .thenReturn(true)
                    .onErrorResume(PoisonException.class, this::failed);
        }

        private Mono<Void> settled() {
            return Mono.when(rests).then(Mono.defer(() -> parking.done(parked, reached)));
        }

        /** What is before it is done; it waits for its next turn. */
        private Mono<Boolean> failed(PoisonException poison) {
            return settled()
                    .onErrorComplete(PoisonException.class)
                    .then(parking.failed(parked.key(), poison))
                    .thenReturn(false);
        }

        private Mono<Mono<Void>> begun(StoredEvent stored) {
            return Mono.defer(() -> {
                if (!wanted.contains(stored.name())) {
                    return Mono.just(Mono.<Void>empty());
                }
                RecordedEvent event = legible(stored);
                String owner = Keys.ownerOf(event);
                if (parked.key().equals(owner) && !owner.equals(Keys.subjectOf(event))) {
                    return acting.act(event);
                }
                boolean mine = parked.isDecision()
                        ? parked.tag().equals(owner)
                        : parked.key().equals(Keys.subjectOf(event));
                return mine ? acting.actAgain(parked, event) : Mono.just(Mono.<Void>empty());
            });
        }
    }

    /** What only newer code can read stays parked until it comes. */
    private static RecordedEvent legible(StoredEvent stored) {
        try {
            return stored.recorded();
        } catch (RuntimeException illegible) {
            throw new PoisonException(
                    new IllegalStateException("Event " + stored.position() + " cannot be read", illegible));
        }
    }
}
