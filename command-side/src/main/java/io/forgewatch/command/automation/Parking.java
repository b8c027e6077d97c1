package io.forgewatch.command.automation;

import io.forgewatch.command.eventstore.MessageIds;
import io.forgewatch.command.parking.Reasons;
import io.forgewatch.event.RecordedEvent;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What one automation leaves alone while it runs here, and from which event on. What was left alone is done later, from its beginning
 * and in order, and only what was passed over meanwhile decides when that is all. Known here before it is stored: the event that
 * parks something is not done before it is, so that none is left alone that would not be found again.
 */
final class Parking {

    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
    private static final UUID NONE = new UUID(0, 0);

    private final String automation;
    private final ParkedRows rows;

    // Guarded by this.
    private final Map<String, Held> parked = new HashMap<>();
    private final Map<String, Release> releases = new HashMap<>();
    private UUID run = NONE;

    /**
     * Something is parked no longer.
     *
     * @param first since when it was, in this run
     * @param upTo all up to there is done
     * @param stored completes when it is so in the database
     */
    private record Release(long first, long upTo, Mono<Void> stored) {}

    Parking(String automation, ParkedRows rows) {
        this.automation = automation;
        this.rows = rows;
    }

    /** Begins a run with what is parked by what is stored. */
    Mono<List<Parked>> begin() {
        return Mono.defer(() -> {
            UUID next = MessageIds.next();
            return rows.begin(automation, next).doOnNext(stored -> begin(next, stored));
        });
    }

    private synchronized void begin(UUID next, List<Parked> stored) {
        run = next;
        parked.clear();
        releases.clear();
        stored.forEach(one -> parked.put(one.key(), new Held(one)));
    }

    synchronized List<Parked> all() {
        return parked.values().stream()
                .map(Held::parked)
                .sorted(Comparator.comparing(Parked::key))
                .toList();
    }

    private synchronized boolean isEmpty() {
        return parked.isEmpty();
    }

    /** For how long more has come of somebody than could wait, without ever being done; zero where that is of nobody. */
    synchronized Duration behindFor() {
        long now = System.nanoTime();
        return parked.values().stream()
                .filter(held -> held.parked().behind())
                .map(held -> Duration.ofNanos(now - held.since()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** As it is now; empty when it is parked no longer. */
    synchronized Optional<Parked> of(String key) {
        return Optional.ofNullable(parked.get(key)).map(Held::parked);
    }

    /** Whether an event is left alone under a key, of which there is no need to wait for its turn. */
    synchronized boolean passesOver(String key, long position) {
        Held held = parked.get(key);
        return held != null && held.passesOver(position);
    }

    /** What is to be tried again by now. */
    Flux<String> due() {
        return Flux.defer(() -> isEmpty() ? Flux.empty() : rows.due(automation, run()));
    }

    /**
     * Whether an event is left alone under a key, or was done before it came here. Told once it is settled: what is being released
     * is so in the database first.
     */
    synchronized Mono<Boolean> leavesAlone(String key, long position) {
        Held held = parked.get(key);
        if (held != null) {
            return Mono.just(held.passesOver(position));
        }
        Release release = releases.get(key);
        return release == null
                ? Mono.just(false)
                : release.stored()
                        .then(Mono.fromRunnable(() -> passed(key, release, position)))
                        .thenReturn(position >= release.first() && position <= release.upTo());
    }

    /** Events come in order: behind its end nobody asks for a release again. */
    private synchronized void passed(String key, Release release, long position) {
        if (position > release.upTo()) {
            releases.remove(key, release);
        }
    }

    /**
     * From this event on what bears the key is left alone.
     *
     * @param tag by which it is found
     */
    Mono<Void> park(String key, String tag, RecordedEvent event, Throwable failure) {
        LOG.error("{} parks {} from position {} on", automation, key, event.position(), failure);
        return park(new Parked(key, tag, event.position(), false, Reasons.of(failure)), event);
    }

    /** From this event on what is of its owner is read again later: more came than can wait. */
    Mono<Void> spill(RecordedEvent event) {
        String owner = Keys.ownerOf(event);
        LOG.info("{} reads what is of {} from position {} on again later", automation, owner, event.position());
        return park(new Parked(owner, owner, event.position(), true, "More came than can wait"), event);
    }

    private Mono<Void> park(Parked one, RecordedEvent event) {
        return Mono.defer(() -> {
            Mono<Void> released = held(one);
            return released.then(Mono.defer(
                    () -> rows.park(automation, run(), one, event.event().enterpriseId())));
        });
    }

    /** Completes when a release that is under way is stored: the row that it deletes is another one. */
    private synchronized Mono<Void> held(Parked one) {
        Held held = parked.get(one.key());
        if (held != null) {
            held.parkAlso(one);
            return Mono.empty();
        }
        parked.put(one.key(), new Held(one));
        Release before = releases.remove(one.key());
        return before == null ? Mono.empty() : before.stored();
    }

    /** Up to a position all that was left alone is done, unless an earlier one has been parked since it was begun. */
    Mono<Void> done(Parked begun, long upTo) {
        return Mono.defer(
                () -> advanced(begun, upTo) ? rows.done(automation, run(), begun.key(), upTo + 1) : Mono.empty());
    }

    private synchronized boolean advanced(Parked begun, long upTo) {
        Held held = parked.get(begun.key());
        return held != null && held.advance(begun, upTo);
    }

    /** It fails as before. */
    Mono<Void> failed(String key, Throwable failure) {
        return Mono.defer(() -> rows.failed(automation, run(), key, Reasons.of(failure)));
    }

    private synchronized UUID run() {
        return run;
    }

    /**
     * Nothing more was found of it from its position on. True when nothing was passed over since: from now on it is handled as it
     * comes.
     */
    Mono<Boolean> released(Parked begun) {
        return Mono.defer(() -> beginRelease(begun)
                .map(release -> release.stored().thenReturn(true))
                .orElse(Mono.just(false)));
    }

    private synchronized Optional<Release> beginRelease(Parked begun) {
        Held held = parked.get(begun.key());
        if (held == null || !held.isOver(begun)) {
            return Optional.empty();
        }
        LOG.info("{} goes on with {} from position {}", automation, begun.key(), begun.position());
        Release release = new Release(
                held.first(),
                begun.position() - 1,
                rows.release(automation, run, begun.key()).cache());
        parked.remove(begun.key());
        releases.put(begun.key(), release);
        return Optional.of(release);
    }
}
