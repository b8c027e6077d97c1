package io.forgewatch.stack;

import io.forgewatch.stack.document.DocumentStore;
import io.forgewatch.stack.kafka.KafkaBroker;
import io.forgewatch.stack.postgres.PostgresBinaries;
import io.forgewatch.stack.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three stores, started side by side. */
public final class Stores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    private final PostgresServer postgres;
    private final KafkaBroker kafka;
    private final Optional<DocumentStore> documents;
    private final String mongodbUri;

    private Stores(PostgresServer postgres, KafkaBroker kafka, Optional<DocumentStore> documents, String mongodbUri) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.documents = documents;
        this.mongodbUri = mongodbUri;
    }

    /**
     * Starts them. A PostgreSQL that an earlier run left behind is ended first; then all ports are looked at, before anything
     * starts.
     *
     * @throws StackException when a port is taken, or a store does not start
     */
    public static Stores start(StackHome home, StackOptions options, Progress progress) throws InterruptedException {
        Future<PostgresServer> postgres;
        Future<KafkaBroker> kafka;
        Future<Optional<DocumentStore>> documents;
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            postgres = starters.submit(() -> {
                PostgresServer server = PostgresServer.start(
                        PostgresBinaries.in(options.programs()),
                        home.data().resolve("postgres"),
                        options.port(StackPort.POSTGRES));
                progress.tell("PostgreSQL is ready on port " + options.port(StackPort.POSTGRES));
                return server;
            });
            kafka = starters.submit(() -> {
                KafkaBroker broker = KafkaBroker.start(home.data().resolve("kafka"), options.port(StackPort.KAFKA));
                progress.tell("Kafka is ready on port " + options.port(StackPort.KAFKA));
                return broker;
            });
            documents = starters.submit(() -> documents(home, options, progress));
        }
        List<Exception> failures = new ArrayList<>();
        PostgresServer postgresServer = outcome(postgres, failures);
        KafkaBroker broker = outcome(kafka, failures);
        Optional<DocumentStore> store = outcome(documents, failures);
        if (postgresServer != null && broker != null && store != null) {
            String uri = store.map(DocumentStore::uri).or(options::mongodbUri).orElse("");
            return new Stores(postgresServer, broker, store, uri);
        }
        close(broker);
        close(store == null ? null : store.orElse(null));
        close(postgresServer);
        throw new StackException(String.valueOf(failures.getFirst().getMessage()), failures.getFirst());
    }

    /** Ends what an earlier run left behind and sees that nobody has our ports. */
    static void prepare(StackHome home, StackOptions options, Progress progress) throws Exception {
        boolean ended = PostgresServer.endOrphan(
                PostgresBinaries.in(options.programs()), home.data().resolve("postgres"));
        if (ended) {
            progress.tell("An earlier run was not stopped: what was left of its PostgreSQL is ended, its data is kept");
        }
        for (StackPort port : StackPort.values()) {
            if (port != StackPort.MONGODB || options.mongodbUri().isEmpty()) {
                port.mustBeFree(options.port(port));
            }
        }
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public KafkaBroker kafka() {
        return kafka;
    }

    public String mongodbUri() {
        return mongodbUri;
    }

    @Override
    public void close() {
        close(kafka);
        close(documents.orElse(null));
        close(postgres);
    }

    private static Optional<DocumentStore> documents(StackHome home, StackOptions options, Progress progress)
            throws Exception {
        if (options.mongodbUri().isPresent()) {
            progress.tell("Documents go to the server that FORGEWATCH_MONGODB_URI names");
            return Optional.empty();
        }
        DocumentStore store = DocumentStore.start(home.data().resolve("documents"), options.port(StackPort.MONGODB));
        progress.tell("The document store is ready on port " + options.port(StackPort.MONGODB));
        return Optional.of(store);
    }

    private static <T> @Nullable T outcome(Future<T> start, List<Exception> failures) throws InterruptedException {
        try {
            return start.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            failures.add(cause instanceof Exception exception ? exception : failed);
            return null;
        }
    }

    private static void close(@Nullable AutoCloseable store) {
        if (store == null) {
            return;
        }
        try {
            store.close();
        } catch (Exception failed) {
            LOG.warn("{} did not stop as it should", store.getClass().getSimpleName(), failed);
        }
    }
}
