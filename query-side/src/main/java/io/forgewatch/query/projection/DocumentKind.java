package io.forgewatch.query.projection;

import io.forgewatch.event.DomainEvent;
import java.util.List;
import java.util.function.Function;

/** One kind of a view's documents, as it can be checked against the events. */
public interface DocumentKind {

    /** The ids of the documents that this event changes. */
    List<String> ids(DomainEvent event);

    /** Makes the document of this id anew. */
    Recount recount(String id);

    /** Documents that come from their own fold. */
    static <S> DocumentKind of(Fold<S> fold) {
        return of(fold::ids, id -> new FoldRecount<>(fold, id));
    }

    static DocumentKind of(Function<DomainEvent, List<String>> ids, Function<String, Recount> recount) {
        return new DocumentKind() {
            @Override
            public List<String> ids(DomainEvent event) {
                return ids.apply(event);
            }

            @Override
            public Recount recount(String id) {
                return recount.apply(id);
            }
        };
    }
}
