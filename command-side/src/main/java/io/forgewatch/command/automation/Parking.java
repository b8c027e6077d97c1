package io.forgewatch.command.automation;

import io.forgewatch.command.eventstore.MessageIds;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Tag;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    private static final UUID NONE = new UUID(0, 0);
    private static final int LONGEST_REASON = 500;

    private final String automation;
    private final ParkedRows rows;

    // Guarded by this.
    private final Map<String, Parked> parked = new HashMap<>();
    private final Map<String, Long> passedOver = new HashMap<>();
    private final Map<String, Release> releases = new HashMap<>();
    private UUID run = NONE;

    /**
     * Somebody is parked no longer.
     *
     * @param upTo all up to there is done
     * @param stored completes when it is so in the database
     */
    private record Release(long upTo, Mono<Void> stored) {}

    Parking(String automation, ParkedRows rows) {
        this.automation = automation;
        this.rows = rows;
    }

    /** Begins a run with who is parked by what is stored. */
    Mono<List<Parked>> begin() {
        return Mono.defer(() -> {
            UUID next = MessageIds.next();
            return rows.begin(automation, next).doOnNext(stored -> begin(next, stored));
        });
    }

    private synchronized void begin(UUID next, List<Parked> stored) {
        run = next;
        parked.clear();
        passedOver.clear();
        releases.clear();
        stored.forEach(one -> parked.put(one.key(), one));
    }

    synchronized List<Parked> all() {
        return parked.values().stream()
                .sorted(Comparator.comparing(Parked::key))
                .toList();
    }

    /** As it is now; empty when it is parked no longer. */
    synchronized Optional<Parked> of(String key) {
        return Optional.ofNullable(parked.get(key));
    }

    /**
     * Whether a new event is left alone, or was done before it came here. Told once it is settled: what is being released is so
     * in the database first.
     */
    synchronized Mono<Boolean> leavesAlone(RecordedEvent event) {
        String key = keyOf(event);
        if (parked.containsKey(key)) {
            passedOver.put(key, event.position());
            return Mono.just(true);
        }
        Release release = releases.get(key);
        return release == null ? Mono.just(false) : release.stored().thenReturn(event.position() <= release.upTo());
    }

    /** From this event on its owner's events are left alone. */
    Mono<Void> park(RecordedEvent event, Throwable failure) {
        Parked one = new Parked(keyOf(event), event.position(), reason(failure));
        LOG.error("{} parks {} from position {} on", automation, one.key(), one.position(), failure);
        return store(one);
    }

    /** Short, and without what PostgreSQL takes in no text. */
    private static String reason(Throwable failure) {
        String whole = failure.toString().replace('\0', ' ');
        return whole.length() > LONGEST_REASON ? whole.substring(0, LONGEST_REASON) + " …" : whole;
    }

    /** Up to a position all that was left alone is done. */
    Mono<Void> done(Parked one, long upTo) {
        return store(one.from(upTo + 1));
    }

    private Mono<Void> store(Parked one) {
        return Mono.defer(() -> rows.park(automation, run(), one).then(Mono.fromRunnable(() -> put(one))));
    }

    private synchronized UUID run() {
        return run;
    }

    /**
     * Nothing more was found of it after a position. True when nothing was passed over since: from now on its events are handled
     * as they come.
     */
    Mono<Boolean> released(String key, long upTo) {
        return Mono.defer(() -> beginRelease(key, upTo)
                .map(release -> release.stored().thenReturn(true))
                .orElse(Mono.just(false)));
    }

    private synchronized void put(Parked one) {
        parked.put(one.key(), one);
    }

    private synchronized Optional<Release> beginRelease(String key, long upTo) {
        if (passedOver.getOrDefault(key, 0L) > upTo) {
            return Optional.empty();
        }
        LOG.info("{} goes on with {} after position {}", automation, key, upTo);
        Release release = new Release(upTo, rows.release(automation, run, key).cache());
        parked.remove(key);
        releases.put(key, release);
        return Optional.of(release);
    }

    /** Whose event it is: its enterprise's, or its subject's where there is none. */
    static String keyOf(RecordedEvent event) {
        String enterprise = event.event().enterpriseId();
        Tag tag = enterprise == null ? event.event().subject().tag() : Tag.within(enterprise);
        return tag.key() + "=" + tag.value();
    }
}
