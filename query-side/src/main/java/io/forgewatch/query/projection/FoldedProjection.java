package io.forgewatch.query.projection;

import com.mongodb.client.model.IndexModel;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** A view whose documents need nothing but their own fold. */
public class FoldedProjection<S> implements Projection {

    private final Documents<S> documents;
    private final Folding<S> folding;
    private final List<IndexModel> indexes;
    private final Set<Class<? extends DomainEvent>> events;

    public FoldedProjection(Documents<S> documents, Fold<S> fold, List<IndexModel> indexes) {
        this.documents = documents;
        this.folding = new Folding<>(documents, fold);
        this.indexes = List.copyOf(indexes);
        this.events = fold.events();
    }

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return events;
    }

    @Override
    public Mono<Void> prepare() {
        return Mono.fromRunnable(folding::forget).then(documents.declare(indexes));
    }

    @Override
    public Mono<Void> apply(List<RecordedEvent> batch) {
        return folding.apply(batch);
    }
}
