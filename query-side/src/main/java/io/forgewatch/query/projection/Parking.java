package io.forgewatch.query.projection;

import io.forgewatch.event.RecordedEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whose events one generation does not take in, and from which one on. Who has lost the lease parks nobody: another one folds on, and
 * would find somebody parked whose events it has taken in.
 */
final class Parking {

    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

    private final Generation generation;
    private final Checkpoints checkpoints;
    private final Tenure tenure;
    private final Map<String, Parked> parked = new ConcurrentHashMap<>();
    private volatile boolean loaded;

    Parking(Generation generation, Checkpoints checkpoints, Tenure tenure) {
        this.generation = generation;
        this.checkpoints = checkpoints;
        this.tenure = tenure;
    }

    /** Begins with who is parked by what is stored, and makes it its own. */
    Mono<Void> load() {
        return checkpoints
                .adopted(generation, tenure.token())
                .collectMap(Parked::key)
                .doOnNext(stored -> {
                    // Never empty in between: whoever asks meanwhile would be told that nobody is parked.
                    parked.keySet().retainAll(stored.keySet());
                    parked.putAll(stored);
                    loaded = true;
                })
                .then();
    }

    List<Parked> all() {
        return parked.values().stream()
                .sorted(Comparator.comparing(Parked::key))
                .toList();
    }

    /** The same; empty before the first {@link #load()}. */
    Optional<List<Parked>> known() {
        return loaded ? Optional.of(all()) : Optional.empty();
    }

    boolean holds(RecordedEvent event) {
        Parked one = parked.get(keyOf(event));
        return one != null && one.position() <= event.position();
    }

    /** Parks the owner of a record that cannot be read; what is stored of it follows by {@link #store}. */
    Parked unreadable(LoggedEvent record, RuntimeException cause) {
        String key = Objects.requireNonNullElse(record.key(), "position " + record.position());
        Parked one = new Parked(key, record.position(), String.valueOf(cause.getMessage()));
        parked.putIfAbsent(key, one);
        return one;
    }

    Mono<Void> store(List<Parked> some) {
        return Flux.fromIterable(some).concatMap(this::store).then();
    }

    Mono<Void> store(Parked one) {
        return Mono.defer(() -> {
            if (!tenure.isHeld(System.nanoTime())) {
                return Mono.error(new LostLeaseException(generation, tenure.token()));
            }
            parked.putIfAbsent(one.key(), one);
            LOG.error(
                    "Projection {} parks {} from position {} on: {}",
                    generation,
                    one.key(),
                    one.position(),
                    one.reason());
            return checkpoints.park(generation, one, tenure.token());
        });
    }

    /** Who is parked for an event: its enterprise, or its subject where there is none. */
    static String keyOf(RecordedEvent event) {
        String enterprise = event.event().enterpriseId();
        return enterprise == null ? event.event().subject().id() : enterprise;
    }
}
