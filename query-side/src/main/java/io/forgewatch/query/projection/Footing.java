package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Looks how far the topic goes, and whether it still has the place where each view is. Where it has not, it was lost or emptied and is being written
 * again, or it is of an earlier state, and what the view shows is of a history that is gone: which of the two, nobody can tell before
 * the same position is written. Every instance looks for itself, whoever folds.
 */
final class Footing {

    private static final Logger LOG = LoggerFactory.getLogger(Footing.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<ViewName> views;
    private final Checkpoints checkpoints;
    private final EventLog log;
    private final Progress progress;

    private record Stand(Generation generation, Checkpoint at) {

        boolean isOutside(long begin, long end) {
            return at.position() > 0 && (at.offset() < begin || at.offset() >= end);
        }
    }

    Footing(List<ViewName> views, Checkpoints checkpoints, EventLog log, Progress progress) {
        this.views = List.copyOf(views);
        this.checkpoints = checkpoints;
        this.log = log;
        this.progress = progress;
    }

    /** Never completes, never fails. */
    Mono<Void> watch() {
        return Mono.delay(LOOK_EVERY, Schedulers.boundedElastic())
                .then(Mono.defer(this::look))
                .timeout(PATIENCE)
                .onErrorResume(failure -> {
                    LOG.debug("Whether the topic reaches to where the views are cannot be told", failure);
                    return Mono.empty();
                })
                .repeat()
                .then();
    }

    /** The end is asked for last: it grows, and so do they. */
    private Mono<Void> look() {
        return Flux.fromIterable(views)
                .flatMap(view -> Mono.justOrEmpty(progress.serving(view)))
                .concatMap(generation -> checkpoints.load(generation).map(at -> new Stand(generation, at)))
                .collectList()
                .filter(stands -> !stands.isEmpty())
                .flatMap(stands -> Mono.zip(log.begin(), log.end()).doOnNext(ends -> {
                    stands.forEach(stand -> seen(stand, ends.getT1(), ends.getT2()));
                    progress.topicEnds(ends.getT2());
                }))
                .then();
    }

    private void seen(Stand stand, long begin, long end) {
        if (progress.standsOutside(stand.generation, stand.isOutside(begin, end))) {
            LOG.warn(
                    "{} is at position {}, offset {}, and the topic has {} to {}: what it shows may be of a lost history",
                    stand.generation,
                    stand.at.position(),
                    stand.at.offset(),
                    begin,
                    end);
        }
    }
}
