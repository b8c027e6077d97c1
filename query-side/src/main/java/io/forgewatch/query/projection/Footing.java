package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.function.Tuple2;

/**
 * Looks how far the topic goes, and whether it still has the place where each view is. Where it has not, it was lost or emptied and is being written
 * again, or it is of an earlier state, and what the view shows is of a history that is gone: which of the two, nobody can tell before
 * the same position is written. Every instance looks for itself, whoever folds.
 *
 * <p>It also is who notices that the broker is away: a consumer that reaches none waits, and fails never.
 */
final class Footing {

    private static final Logger LOG = LoggerFactory.getLogger(Footing.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<ViewName> views;
    private final Checkpoints checkpoints;
    private final EventLog log;
    private final Progress progress;
    private final Duration patience;
    private volatile long answeredNanos;

    private record Stand(Generation generation, Checkpoint at) {

        boolean isOutside(long begin, long end) {
            return at.position() > 0 && (at.offset() < begin || at.offset() >= end);
        }
    }

    Footing(List<ViewName> views, Checkpoints checkpoints, EventLog log, Progress progress) {
        this(views, checkpoints, log, progress, PATIENCE);
    }

    /** @param patience for how long the broker may say nothing before that is told of every view */
    Footing(List<ViewName> views, Checkpoints checkpoints, EventLog log, Progress progress, Duration patience) {
        this.views = List.copyOf(views);
        this.checkpoints = checkpoints;
        this.log = log;
        this.progress = progress;
        this.patience = patience;
    }

    /** Never completes, never fails. */
    Mono<Void> watch() {
        return Mono.<Void>fromRunnable(() -> answeredNanos = System.nanoTime())
                .then(Mono.delay(LOOK_EVERY, Schedulers.boundedElastic())
                        .then(Mono.defer(this::look))
                        .repeat()
                        .then());
    }

    /** The end is asked for last: it grows, and so do they. It is asked for also while the store is away. */
    private Mono<Void> look() {
        return stands().timeout(PATIENCE)
                .onErrorResume(failure -> {
                    LOG.debug("Whether the topic reaches to where the views are cannot be told", failure);
                    return Mono.just(List.of());
                })
                .flatMap(stands -> ends().doOnNext(ends -> compared(stands, ends.getT1(), ends.getT2())))
                .doOnNext(ends -> answered(ends.getT2()))
                .onErrorResume(failure -> {
                    silent(failure);
                    return Mono.empty();
                })
                .then();
    }

    private Mono<List<Stand>> stands() {
        return Flux.fromIterable(views)
                .flatMap(view -> Mono.justOrEmpty(progress.serving(view)))
                .concatMap(generation -> checkpoints.load(generation).map(at -> new Stand(generation, at)))
                .collectList();
    }

    private Mono<Tuple2<Long, Long>> ends() {
        return Mono.zip(log.begin(), log.end()).timeout(patience);
    }

    private void answered(long end) {
        answeredNanos = System.nanoTime();
        if (progress.whyAway() != null) {
            LOG.info("Kafka tells again where the events end");
        }
        progress.answered(end);
    }

    private void silent(Throwable failure) {
        if (System.nanoTime() - answeredNanos < patience.toNanos()) {
            return;
        }
        if (progress.whyAway() == null) {
            LOG.warn(
                    "Kafka has not told for {} where the events end: what happens now is not shown", patience, failure);
        }
        progress.away(
                "Kafka does not tell this instance where the events end: what happened since is shown only as far as another"
                        + " instance folds it. Kafka 对本实例无响应，新数据仅在其他实例处理后显示。 " + failure);
    }

    private void compared(List<Stand> stands, long begin, long end) {
        if (!stands.isEmpty()) {
            stands.forEach(stand -> seen(stand, begin, end));
            progress.topicEnds(end);
        }
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
