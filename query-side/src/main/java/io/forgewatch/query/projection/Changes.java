package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Every document of what serves a view, and each again when it has changed or another generation serves. Read from what is stored,
 * up to where the view is known to be written: so every instance hears of it, whoever folds.
 */
final class Changes<S> {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(1);

    private final ViewName view;
    private final Progress progress;
    private final Function<Generation, Documents<S>> documents;
    private @Nullable Generation read;
    private long upTo;

    Changes(ViewName view, Progress progress, Function<Generation, Documents<S>> documents) {
        this.view = view;
        this.progress = progress;
        this.documents = documents;
    }

    /** Never completes, never fails. For one subscriber. */
    Flux<Held<S>> all() {
        return progress.moves()
                .mergeWith(Flux.interval(Duration.ZERO, LOOK_AT_LEAST))
                .onBackpressureLatest()
                .publishOn(Schedulers.boundedElastic(), 1)
                .concatMap(moved -> changed(), 1);
    }

    private Flux<Held<S>> changed() {
        Generation serving = progress.serving(view).orElse(null);
        if (serving == null) {
            return Flux.empty();
        }
        if (!serving.equals(read)) {
            read = serving;
            upTo = -1;
        }
        long reached = progress.of(serving);
        return reached <= upTo
                ? Flux.empty()
                : documents
                        .apply(serving)
                        .changed(upTo, reached)
                        .doOnComplete(() -> upTo = reached)
                        .onErrorResume(failure -> {
                            LOG.warn("What changed of {} cannot be read at the moment", serving, failure);
                            return Flux.empty();
                        });
    }
}
