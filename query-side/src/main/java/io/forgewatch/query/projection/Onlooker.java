package io.forgewatch.query.projection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Watches what serves a view where this code cannot fold it: how far it is, is read from the store. As long as an instance of other
 * code folds it, it goes on; where nobody does, it stays as it was until a generation of this code takes over, and that is said.
 */
final class Onlooker {

    private static final Logger LOG = LoggerFactory.getLogger(Onlooker.class);

    private final ViewName newest;
    private final ProjectionStore store;
    private final Progress progress;
    private final Duration term;
    private volatile @Nullable Seen last;

    private record Seen(Generation generation, Sighting sighting) {}

    /**
     * @param newest what this code makes
     * @param term for which a lease must not have been renewed before nobody is taken to hold it
     */
    Onlooker(ViewName newest, ProjectionStore store, Progress progress, Duration term) {
        this.newest = newest;
        this.store = store;
        this.progress = progress;
        this.term = term;
    }

    /** Called again and again, as long as this serves. */
    Mono<Void> look(Generation serving) {
        return store.checkpoints().load(serving).flatMap(stored -> {
            if (serving.view().version() > newest.version()) {
                progress.stopped(serving, stored.position(), "made by newer code; this code makes " + newest);
                return Mono.empty();
            }
            progress.advance(serving, stored.position());
            return store.leases()
                    .load(serving)
                    .doOnNext(lease -> seen(serving, lease))
                    .then();
        });
    }

    /** Whether somebody folded what it looked at last, and that was lately. */
    boolean seesFolding() {
        Seen now = last;
        return now != null && !now.sighting.mayTake(System.nanoTime(), term);
    }

    private void seen(Generation serving, Lease lease) {
        long now = System.nanoTime();
        Seen before = last;
        Sighting sighting = before == null || !before.generation.equals(serving)
                ? new Sighting(lease, now)
                : before.sighting.seen(lease, now);
        last = new Seen(serving, sighting);
        if (sighting.mayTake(now, term)) {
            abandoned(serving);
        } else {
            progress.untroubled(serving);
        }
    }

    private void abandoned(Generation serving) {
        if (progress.trouble(serving).isEmpty()) {
            LOG.warn("Nobody folds {}, which serves: it shows nothing newer until {} is built", serving, newest);
        }
        progress.troubled(
                serving,
                "Nobody folds " + serving + ": this code cannot, and no instance that can is running. It shows nothing"
                        + " newer until " + newest + " is built.");
    }
}
