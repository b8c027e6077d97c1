package io.forgewatch.query.projection;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How the document store is spoken with; a benchmark writes with the same settings. */
public final class DocumentClient {

    private static final int MOST_CONNECTIONS = 24;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

    private DocumentClient() {}

    /** Of those who build the views. */
    public static MongoClientSettings projecting(ConnectionString store) {
        return settings(store, MOST_CONNECTIONS, LONGEST_ANSWER);
    }

    /**
     * Bounded and with a limit on every wait: a store that hangs must not hang its readers. A write counts when most of the
     * store's members have it: what a failover takes back would be missing for good.
     */
    static MongoClientSettings settings(ConnectionString store, int connections, Duration longestAnswer) {
        return MongoClientSettings.builder()
                .applyConnectionString(store)
                .writeConcern(WriteConcern.MAJORITY)
                .applyToConnectionPoolSettings(
                        pool -> pool.minSize(2).maxSize(connections).maxWaitTime(2, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(2, TimeUnit.SECONDS)
                        .readTimeout((int) longestAnswer.toSeconds(), TimeUnit.SECONDS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
                .build();
    }
}
