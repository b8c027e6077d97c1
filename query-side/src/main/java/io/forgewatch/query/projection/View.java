package io.forgewatch.query.projection;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.web.Problem;
import java.util.function.IntFunction;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is read of a view: always from the generation that serves at the moment. Until a raised version has taken over these are
 * documents of the version before, so {@code S} must be able to read both.
 */
public final class View<S> {

    private final MongoDatabase database;
    private final ViewName name;
    private final String kind;
    private final Shape<S> shape;
    private final Progress progress;
    private volatile @Nullable Source<S> source;

    private record Source<S>(Generation generation, Documents<S> documents) {}

    public View(MongoDatabase database, ViewName name, Shape<S> shape, Progress progress) {
        this(database, name, name.name(), shape, progress);
    }

    /** @param kind which of the view's documents, by the name of their collection without version */
    public View(MongoDatabase database, ViewName name, String kind, Shape<S> shape, Progress progress) {
        this.database = database;
        this.name = name;
        this.kind = kind;
        this.shape = shape;
        this.progress = progress;
    }

    /** Empty when there is none of this id. Fails with 503 while it is not known yet which generation serves. */
    public Mono<S> find(String id) {
        return Mono.defer(() -> documents().find(id));
    }

    /** At most {@code limit} documents that pass the filter, the highest of this number field first. */
    public Flux<Documents.Ranked<S>> highest(Bson filter, String field, int limit) {
        return Flux.defer(() -> documents().highest(filter, field, limit));
    }

    /**
     * Every document, and each again when it has changed: for what an instance keeps of a view in memory. The view must have the
     * index {@link Documents#BY_POSITION}. Never completes, never fails.
     */
    public Flux<Held<S>> changes() {
        return Flux.defer(() -> new Changes<>(
                        name, progress, serving -> new Documents<>(database, serving.collection(kind), shape))
                .all());
    }

    /**
     * The same where older documents lack what is filtered by.
     *
     * @param filter by the version of the documents that are read; may throw {@link Problem}
     */
    public Flux<Documents.Ranked<S>> highest(IntFunction<Bson> filter, String field, int limit) {
        return Flux.defer(() -> {
            Source<S> read = source();
            return read.documents.highest(filter.apply(read.generation.view().version()), field, limit);
        });
    }

    private Documents<S> documents() {
        return source().documents;
    }

    private Source<S> source() {
        Generation serving = progress.serving(name).orElseThrow(() -> Problem.unavailable(1));
        Source<S> last = source;
        if (last == null || !last.generation.equals(serving)) {
            last = new Source<>(serving, new Documents<>(database, serving.collection(kind), shape));
            source = last;
        }
        return last;
    }
}
