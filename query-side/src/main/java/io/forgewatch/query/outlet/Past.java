package io.forgewatch.query.outlet;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Served;
import io.forgewatch.query.projection.ViewName;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What was told, from what is stored, a page at a time. Another generation may take over between two pages, and what is read be
 * deleted: then one goes on in what serves now, if that shows the same history, and else comes again. What took over may not be as
 * far, as this instance knows it, as what it took over from: of what it has not yet nothing may be passed over as if it were not.
 */
final class Past<E> {

    /** One page of what a generation has told. */
    @FunctionalInterface
    interface Reading<E> {
        Mono<StoredEntries.Page<E>> page(StoredEntries<E> of, long after, long upTo, Jurisdiction scope);
    }

    private final ViewName view;
    private final Chronicle<E> chronicle;
    private final Progress progress;
    private final Reading<E> reading;
    private final Duration patience;

    private Past(ViewName view, Chronicle<E> chronicle, Progress progress, Reading<E> reading, Duration patience) {
        this.view = view;
        this.chronicle = chronicle;
        this.progress = progress;
        this.reading = reading;
        this.patience = patience;
    }

    /** As this instance reads it for all who listen: it waits for nothing, since it looks again and again how far it can read. */
    static <E> Past<E> own(ViewName view, Chronicle<E> chronicle, Progress progress) {
        return new Past<>(view, chronicle, progress, (of, after, upTo, all) -> of.page(after, upTo), Duration.ZERO);
    }

    /** As one caller reads it, in his turn. */
    static <E> Past<E> ofCaller(ViewName view, Chronicle<E> chronicle, Progress progress) {
        return new Past<>(view, chronicle, progress, StoredEntries::pageForCaller, Sent.LATE);
    }

    /**
     * All beyond the first position and not beyond the second that the jurisdiction covers, in order. Fails with {@link
     * Listeners.ComeAgainException} when that cannot be read to its end: what came before is all up to the last of it.
     */
    Flux<Entry<E>> between(Served at, long after, long upTo, Jurisdiction scope) {
        return after >= upTo
                ? Flux.empty()
                : page(at, after, upTo, scope)
                        .expand(page -> page.last().isEmpty()
                                ? Mono.empty()
                                : page(at, page.last().getAsLong(), upTo, scope))
                        .concatMapIterable(StoredEntries.Page::entries, 1);
    }

    private Mono<StoredEntries.Page<E>> page(Served at, long after, long upTo, Jurisdiction scope) {
        return Mono.defer(() -> {
            Served now = serving(at);
            if (!now.histories().equals(at.histories())) {
                return Mono.error(new Listeners.ComeAgainException("What was read is of a history that is gone"));
            }
            return progress.of(now.generation()) < upTo
                    ? come(now, upTo).then(page(at, after, upTo, scope))
                    : reading.page(chronicle.of(now.generation()), after, upTo, scope)
                            // Asked again when it was read: what a generation has is deleted only after another one
                            // serves.
                            .flatMap(page -> serving(now).equals(now) ? Mono.just(page) : page(at, after, upTo, scope));
        });
    }

    private Served serving(Served at) {
        return progress.served(view).orElse(at);
    }

    /** Completes when what serves is there, or something else does. */
    private Mono<Void> come(Served served, long position) {
        return progress.moves()
                .mergeWith(Mono.just(0L))
                .filter(moved -> !serving(served).equals(served) || progress.of(served.generation()) >= position)
                .next()
                .publishOn(Schedulers.boundedElastic())
                .timeout(
                        patience,
                        Mono.error(() -> new Listeners.ComeAgainException("What took over is not there yet")),
                        Schedulers.boundedElastic())
                .then();
    }
}
