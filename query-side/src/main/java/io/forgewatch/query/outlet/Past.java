package io.forgewatch.query.outlet;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Served;
import io.forgewatch.query.projection.ViewName;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What was told, from what is stored, a page at a time. Another generation may take over between two pages, and what is read be
 * deleted: then one goes on in what serves now, if that shows the same history, and else comes again.
 */
final class Past<E> {

    /** One page of what a generation has told. */
    @FunctionalInterface
    interface Reading<E> {
        Mono<List<Entry<E>>> page(StoredEntries<E> of, long after, long upTo, Jurisdiction scope);
    }

    private final ViewName view;
    private final Chronicle<E> chronicle;
    private final Progress progress;
    private final Reading<E> reading;

    private Past(ViewName view, Chronicle<E> chronicle, Progress progress, Reading<E> reading) {
        this.view = view;
        this.chronicle = chronicle;
        this.progress = progress;
        this.reading = reading;
    }

    /** As this instance reads it for all who listen. */
    static <E> Past<E> own(ViewName view, Chronicle<E> chronicle, Progress progress) {
        return new Past<>(view, chronicle, progress, StoredEntries::page);
    }

    /** As one caller reads it, in his turn. */
    static <E> Past<E> ofCaller(ViewName view, Chronicle<E> chronicle, Progress progress) {
        return new Past<>(view, chronicle, progress, StoredEntries::pageForCaller);
    }

    /** All beyond the first position and not beyond the second that the jurisdiction covers, in order. */
    Flux<Entry<E>> between(Served at, long after, long upTo, Jurisdiction scope) {
        return after >= upTo
                ? Flux.empty()
                : page(at, after, upTo, scope)
                        .expand(page -> page.size() < StoredEntries.PAGE
                                ? Mono.empty()
                                : page(at, page.getLast().position(), upTo, scope))
                        .concatMapIterable(page -> page, 1);
    }

    private Mono<List<Entry<E>>> page(Served at, long after, long upTo, Jurisdiction scope) {
        return Mono.defer(() -> {
            Served now = progress.served(view).orElse(at);
            if (!now.histories().equals(at.histories())) {
                return Mono.error(new Listeners.ComeAgainException("What was read is of a history that is gone"));
            }
            return reading.page(chronicle.of(now.generation()), after, upTo, scope)
                    // Asked again when it was read: what a generation has is deleted only after another one serves.
                    .flatMap(page -> progress.served(view).orElse(now).equals(now)
                            ? Mono.just(page)
                            : page(at, after, upTo, scope));
        });
    }
}
