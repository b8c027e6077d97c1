package io.forgewatch.command.eventstore;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Tag;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Whose events one automation leaves alone while it runs here, and from which one on: an event on which its rule fails concerns
 * one enterprise, and the others go on. What was left alone is done later, from its beginning and in order, and only what was
 * passed over meanwhile decides when that is all.
 */
final class Parking {

    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

    private final String automation;
    private final ParkedRows rows;

    // Guarded by this.
    private final Map<String, Parked> parked = new HashMap<>();
    private final Map<String, Long> passedOver = new HashMap<>();
    private final Map<String, Mono<Void>> leaving = new HashMap<>();

    Parking(String automation, ParkedRows rows) {
        this.automation = automation;
        this.rows = rows;
    }

    /** Begins with who is parked by what is stored. */
    Mono<List<Parked>> load() {
        return rows.of(List.of(automation))
                .map(ParkedRows.Row::parked)
                .collectList()
                .doOnNext(this::begin);
    }

    private synchronized void begin(List<Parked> stored) {
        parked.clear();
        passedOver.clear();
        leaving.clear();
        stored.forEach(one -> parked.put(one.key(), one));
    }

    synchronized List<Parked> all() {
        return parked.values().stream()
                .sorted(Comparator.comparing(Parked::key))
                .toList();
    }

    /** Whether a new event is left alone. Told once it is settled: what is being released is so in the database first. */
    synchronized Mono<Boolean> leavesAlone(RecordedEvent event) {
        String key = keyOf(event);
        if (parked.containsKey(key)) {
            passedOver.put(key, event.position());
            return Mono.just(true);
        }
        return leaving.getOrDefault(key, Mono.empty()).thenReturn(false);
    }

    /** From this event on its owner's events are left alone. */
    Mono<Void> park(RecordedEvent event, RuntimeException failure) {
        Parked one = new Parked(keyOf(event), event.position(), failure.toString());
        LOG.error("{} parks {} from position {} on", automation, one.key(), one.position(), failure);
        return rows.park(automation, one).then(Mono.fromRunnable(() -> put(one)));
    }

    /** Up to a position all that was left alone is done. */
    Mono<Void> done(Parked one, long upTo) {
        Parked rest = one.from(upTo + 1);
        return rows.park(automation, rest).then(Mono.fromRunnable(() -> put(rest)));
    }

    /**
     * Nothing more was found of it after a position. True when nothing was passed over since: from now on its events are handled
     * as they come.
     */
    Mono<Boolean> released(String key, long upTo) {
        return Mono.defer(() ->
                beginRelease(key, upTo).map(release -> release.thenReturn(true)).orElse(Mono.just(false)));
    }

    private synchronized void put(Parked one) {
        parked.put(one.key(), one);
    }

    private synchronized Optional<Mono<Void>> beginRelease(String key, long upTo) {
        if (passedOver.getOrDefault(key, 0L) > upTo) {
            return Optional.empty();
        }
        LOG.info("{} goes on with {} after position {}", automation, key, upTo);
        Mono<Void> release = rows.release(automation, key)
                .then(Mono.<Void>fromRunnable(() -> left(key)))
                .cache();
        parked.remove(key);
        leaving.put(key, release);
        return Optional.of(release);
    }

    private synchronized void left(String key) {
        leaving.remove(key);
    }

    /** Whose event it is: its enterprise's, or its subject's where there is none. */
    static String keyOf(RecordedEvent event) {
        String enterprise = event.event().enterpriseId();
        Tag tag = enterprise == null ? event.event().subject().tag() : Tag.within(enterprise);
        return tag.key() + "=" + tag.value();
    }
}
