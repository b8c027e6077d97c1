package io.forgewatch.query.outlet;

import io.forgewatch.query.projection.Place;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Served;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Whether an id is one that a stream of this view may have sent. The instance that sent it may have been further than this one is:
 * what folds is ahead of what it has written down, and when it is killed the others stand still until one takes its lease over. So an
 * id that is only not reached yet is no wrong one. It is known when the view has passed it, when an entry of it or beyond is stored,
 * or when the events go that far; of a history that is gone nobody knows any more how far it went. It is wrong when it was looked
 * for the end of the events, or for the history that is served, after the question came, and it is beyond that.
 */
final class Sent {

    private static final Logger LOG = LoggerFactory.getLogger(Sent.class);

    /** Longer than a lease and what takes it over need, and than several looks at the topic. */
    static final Duration LATE = Duration.ofSeconds(15);

    /** One that began after the question is the second that ends after it. */
    private static final int SURELY_LATER = 2;

    private static final int RETRY_SECONDS = 5;

    private final ViewName view;
    private final Chronicle<?> chronicle;
    private final Progress progress;

    Sent(ViewName view, Chronicle<?> chronicle, Progress progress) {
        this.view = view;
        this.chronicle = chronicle;
        this.progress = progress;
    }

    /** Fails with 503 when it cannot be told within {@link #LATE}. */
    Mono<Boolean> mayHaveBeen(Place id) {
        return Mono.defer(() -> {
            long looksAtView = progress.looks(view);
            long looksAtTopic = progress.horizon().looks();
            Mono<Boolean> judged = Mono.fromSupplier(() -> judged(id, looksAtView, looksAtTopic))
                    .flatMap(Mono::justOrEmpty);
            Flux<Boolean> asItMoves = progress.moves().onBackpressureLatest().concatMap(moved -> judged, 1);
            return judged.switchIfEmpty(
                            // Once more behind the subscription: a move in between would be missed.
                            Flux.merge(asItMoves, judged, stored(id)).next().publishOn(Schedulers.boundedElastic()))
                    .timeout(LATE, Mono.error(() -> Problem.unavailable(RETRY_SECONDS)), Schedulers.boundedElastic());
        });
    }

    /** Empty while it cannot be told. */
    private Optional<Boolean> judged(Place id, long looksAtView, long looksAtTopic) {
        Served served = progress.served(view).orElse(null);
        if (served == null) {
            return Optional.empty();
        }
        int now = served.histories().now();
        if (now != id.history()) {
            return now > id.history()
                    ? Optional.of(true)
                    : surelyNot(progress.looks(view) >= looksAtView + SURELY_LATER);
        }
        if (id.position()
                <= Math.max(progress.of(served.generation()), progress.horizon().end())) {
            return Optional.of(true);
        }
        // While the topic is written again it does not go as far as it did.
        return surelyNot(!progress.showsTheLost(view) && progress.horizon().looks() >= looksAtTopic + SURELY_LATER);
    }

    private static Optional<Boolean> surelyNot(boolean sure) {
        return sure ? Optional.of(false) : Optional.empty();
    }

    /** Completes only when there is one: that there is none, or that the store does not say, tells nothing. */
    private Mono<Boolean> stored(Place id) {
        return Mono.justOrEmpty(progress.served(view))
                .filter(served -> served.histories().now() == id.history())
                .flatMap(served -> chronicle.of(served.generation()).reaches(id.position()))
                .filter(reaches -> reaches)
                .onErrorResume(failure -> {
                    LOG.debug("What {} has at {} or beyond cannot be told at the moment", view.name(), id, failure);
                    return Mono.empty();
                });
    }
}
