package io.forgewatch.query.projection;

import com.mongodb.client.model.IndexModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a view is built. When its version is raised, the definition of the version before may stay beside it for one release:
 * then the old documents are kept up to date until the new ones take over; without it they stay as they were.
 *
 * @param name its name, and the version of this definition
 * @param projection what builds one generation of it
 * @param kinds its documents, by the names of their collections without version
 * @param spoken what of it people are told on a stream; null for most views
 */
public record ViewDefinition(
        ViewName name,
        Function<Generation, Projection> projection,
        Map<String, DocumentKind> kinds,
        @Nullable Spoken spoken) {

    public ViewDefinition {
        kinds = Map.copyOf(kinds);
    }

    /** A view of which nothing is told on a stream. */
    public ViewDefinition(ViewName name, Function<Generation, Projection> projection, Map<String, DocumentKind> kinds) {
        this(name, projection, kinds, null);
    }

    /** The names of all its collections without version. */
    Set<String> collections() {
        Set<String> all = new HashSet<>(kinds.keySet());
        if (spoken != null) {
            all.add(spoken.kind());
        }
        return all;
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
