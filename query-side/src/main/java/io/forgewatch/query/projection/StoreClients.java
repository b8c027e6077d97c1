package io.forgewatch.query.projection;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

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
        this.projecting = client(connection, 24, Duration.ofSeconds(15));
        this.serving = client(connection, Reads.AT_ONCE, Reads.NO_ANSWER.plusSeconds(1));
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

    /** A write counts when most of the store's members have it: what a failover takes back would be missing for good. */
    private static MongoClient client(ConnectionString connection, int connections, Duration longestAnswer) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(connection)
                .writeConcern(WriteConcern.MAJORITY)
                .applyToConnectionPoolSettings(
                        pool -> pool.minSize(2).maxSize(connections).maxWaitTime(2, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(2, TimeUnit.SECONDS)
                        .readTimeout((int) longestAnswer.toSeconds(), TimeUnit.SECONDS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
                .build());
    }
}
