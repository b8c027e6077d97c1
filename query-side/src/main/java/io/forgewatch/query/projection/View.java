package io.forgewatch.query.projection;

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

    private final Reads reads;
    private final ViewName name;
    private final String kind;
    private final Shape<S> shape;
    private final Progress progress;
    private volatile @Nullable Source<S> source;

    private record Source<S>(Generation generation, Documents<S> documents) {}

    public View(Reads reads, ViewName name, Shape<S> shape, Progress progress) {
        this(reads, name, name.name(), shape, progress);
    }

    /** @param kind which of the view's documents, by the name of their collection without version */
    public View(Reads reads, ViewName name, String kind, Shape<S> shape, Progress progress) {
        this.reads = reads;
        this.name = name;
        this.kind = kind;
        this.shape = shape;
        this.progress = progress;
    }

    /** Empty when there is none of this id. Fails with 503 while nothing serves, or it is not known yet what. */
    public Mono<S> find(String id) {
        return reached().then(reads.one(Mono.defer(() -> documents().find(id))));
    }

    /** At most {@code limit} documents that pass the filter, the highest of this number field first. */
    public Flux<Documents.Ranked<S>> highest(Bson filter, String field, int limit) {
        return highest(version -> filter, field, limit);
    }

    /**
     * The same where older documents lack what is filtered by.
     *
     * @param filter by the version of the documents that are read; may throw {@link Problem}
     */
    public Flux<Documents.Ranked<S>> highest(IntFunction<Bson> filter, String field, int limit) {
        return reached().thenMany(reads.many(Flux.defer(() -> {
            Source<S> read = source();
            return read.documents.highest(filter.apply(read.generation.view().version()), field, limit);
        })));
    }

    /**
     * Every document, and each again when it has changed: for what an instance keeps of a view in memory. The view must have the
     * index {@link Documents#BY_POSITION}. Never completes, never fails.
     */
    public Flux<Held<S>> changes() {
        return Flux.defer(() -> new Changes<>(
                        name, progress, serving -> new Documents<>(reads.own(), serving.collection(kind), shape))
                .all());
    }

    /** Waits for what the reader asked to wait for; then the last event that the view shows. */
    public Mono<Long> position() {
        return reached().then(Mono.fromSupplier(() -> progress.of(name)));
    }

    private Mono<Void> reached() {
        return Mono.deferContextual(context -> ReadAfter.in(context, name));
    }

    private Documents<S> documents() {
        return source().documents;
    }

    private Source<S> source() {
        Generation serving = progress.serving(name).orElseThrow(() -> progress.notServed(name));
        Source<S> last = source;
        if (last == null || !last.generation.equals(serving)) {
            last = new Source<>(serving, new Documents<>(reads.callers(), serving.collection(kind), shape));
            source = last;
        }
        return last;
    }
}
