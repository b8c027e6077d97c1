package io.forgewatch.query.projection;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import java.util.concurrent.TimeUnit;

/** How the document store is spoken with; a benchmark writes with the same settings. */
public final class DocumentClient {

    private DocumentClient() {}

    /** Bounded and with a limit on every wait: a store that hangs must not hang its readers. */
    public static MongoClientSettings settings(String uri) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToConnectionPoolSettings(
                        pool -> pool.minSize(2).maxSize(24).maxWaitTime(2, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(15, TimeUnit.SECONDS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
                .build();
    }
}
