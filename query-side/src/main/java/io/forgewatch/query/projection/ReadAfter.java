package io.forgewatch.query.projection;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * What a read waits for before it looks into a view. Who took the request puts it into the context of the read; so each read waits
 * for just the views that it reads.
 */
@FunctionalInterface
public interface ReadAfter {

    /** Completes when the view may be read. */
    Mono<Void> reached(ViewName view);

    /** At once where nobody asked for a position. */
    static Mono<Void> in(ContextView context, ViewName view) {
        ReadAfter asked = context.getOrDefault(ReadAfter.class, null);
        return asked == null ? Mono.empty() : asked.reached(view);
    }
}
