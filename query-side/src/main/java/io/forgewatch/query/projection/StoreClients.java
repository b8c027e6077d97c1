package io.forgewatch.query.projection;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Objects;

/**
 * The document store twice: by connections of those who build the views, and by others of those who read them. Each pool is bounded
 * and has a limit on every wait: a store that hangs must not hang its readers, and they not each other.
 */
final class StoreClients implements AutoCloseable {

    private static final String DATABASE = "forgewatch";

    private final String database;
    private final MongoClient projecting;
    private final MongoClient serving;

    StoreClients(String uri) {
        ConnectionString connection = new ConnectionString(uri);
        this.database = Objects.requireNonNullElse(connection.getDatabase(), DATABASE);
        this.projecting = MongoClients.create(DocumentClient.projecting(connection));
        this.serving =
                MongoClients.create(DocumentClient.settings(connection, Reads.AT_ONCE, Reads.NO_ANSWER.plusSeconds(1)));
    }

    /** For all that is written, and what that begins with. */
    MongoDatabase projecting() {
        return projecting.getDatabase(database);
    }

    Reads reads() {
        return new Reads(serving.getDatabase(database), projecting());
    }

    @Override
    public void close() {
        serving.close();
        projecting.close();
    }
}
