package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;

/** Speaks to a backend in the words of the wire, without a wire. */
final class Wire {

    static final String COLLECTION = "things";
    private static final int ALL = 1_000_000;

    private final MongoBackend backend;
    private final EmbeddedChannel channel = new EmbeddedChannel();

    Wire(MongoBackend backend) {
        this.backend = backend;
    }

    Document run(Document command) {
        return backend.handleCommand(
                channel, "trial", command.keySet().iterator().next(), command.cloneDeeply());
    }

    void index(String name, Document key) {
        run(new Document("createIndexes", COLLECTION)
                .append("indexes", List.of(new Document("key", key).append("name", name))));
    }

    Document insert(Document document) {
        return run(new Document("insert", COLLECTION).append("documents", List.of(document)));
    }

    Document update(Document filter, Document update, boolean many, boolean upsert) {
        return run(new Document("update", COLLECTION)
                .append(
                        "updates",
                        List.of(new Document("q", filter)
                                .append("u", update)
                                .append("multi", many)
                                .append("upsert", upsert))));
    }

    Document delete(Document filter) {
        return run(new Document("delete", COLLECTION)
                .append("deletes", List.of(new Document("q", filter).append("limit", 0))));
    }

    @SuppressWarnings("unchecked")
    List<Document> find(Document filter, Document sort, int skip, int limit) {
        Document command = new Document("find", COLLECTION)
                .append("filter", filter)
                .append("skip", skip)
                .append("limit", limit)
                .append("batchSize", ALL);
        if (!sort.isEmpty()) {
            command.append("sort", sort);
        }
        Document cursor = (Document) run(command).get("cursor");
        return List.copyOf((List<Document>) cursor.get("firstBatch"));
    }
}
