package io.forgewatch.query.given;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * A database of its own for a test: in the server that {@code FORGEWATCH_MONGODB_URI} names (its database name is replaced, its options stay), or
 * in an embedded one that speaks the same protocol.
 */
public final class Store implements AutoCloseable {

    private static final String REAL = System.getenv("FORGEWATCH_MONGODB_URI");

    private final String name = "fw_" + UUID.randomUUID().toString().substring(0, 8);
    private final MongoServer embedded;
    private final String uri;
    private final MongoClient client;

    public Store() {
        this(new CommandListener() {});
    }

    /** @param listener hears of everything that is asked of it */
    public Store(CommandListener listener) {
        embedded = REAL == null ? new MongoServer(H2Backend.inMemory()) : null;
        uri = embedded == null
                ? REAL.replaceFirst("(mongodb(?:\\+srv)?://[^/]+)(?:/[^?]*)?", "$1/" + name)
                : embedded.bindAndGetConnectionString() + "/" + name;
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .addCommandListener(listener)
                .build());
    }

    public String uri() {
        return uri;
    }

    public MongoDatabase database() {
        return client.getDatabase(name);
    }

    @Override
    public void close() {
        Mono.from(database().drop()).block();
        client.close();
        if (embedded != null) {
            embedded.shutdownNow();
        }
    }
}
