package io.forgewatch.stack.bare;

import com.mongodb.ConnectionString;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.forgewatch.query.projection.DocumentClient;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** One document put into the store, whether there was one or not. */
final class DocumentHop implements Hop {

    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoClient client;
    private final MongoCollection<Document> collection;
    private final String content;
    private final Next next;
    private final Broken broken;

    DocumentHop(String uri, String content, Next next, Broken broken) {
        this.client = MongoClients.create(DocumentClient.projecting(new ConnectionString(uri)));
        this.collection = client.getDatabase("forgewatch_bare").getCollection("documents");
        this.content = content;
        this.next = next;
        this.broken = broken;
    }

    @Override
    public void send(long number) {
        Mono.from(collection.replaceOne(
                        Filters.eq("_id", number), new Document("_id", number).append("content", content), UPSERT))
                .subscribe(done -> next.through(number), broken::by);
    }

    @Override
    public void close() {
        client.close();
    }
}
