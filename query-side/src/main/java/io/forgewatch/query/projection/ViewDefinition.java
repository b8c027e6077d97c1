package io.forgewatch.query.projection;

import com.mongodb.client.model.IndexModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a view is built. When its version is raised, the definition of the version before may stay beside it for one release:
 * then the old documents are kept up to date until the new ones take over; without it they stay as they were.
 *
 * @param name its name, and the version of this definition
 * @param projection what builds one generation of it
 * @param kinds its documents, by the names of their collections without version
 */
public record ViewDefinition(
        ViewName name, Function<Generation, Projection> projection, Map<String, DocumentKind> kinds) {

    public ViewDefinition {
        kinds = Map.copyOf(kinds);
    }

    /** A view whose documents need nothing but their own fold. */
    public static <S> ViewDefinition folded(
            MongoDatabase database, ViewName name, Fold<S> fold, List<IndexModel> indexes) {
        return new ViewDefinition(
                name,
                generation ->
                        new FoldedProjection<>(new Documents<>(database, generation.collection(), fold), fold, indexes),
                Map.of(name.name(), DocumentKind.of(fold)));
    }
}
