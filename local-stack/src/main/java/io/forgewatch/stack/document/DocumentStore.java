package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded document store: mongo-java-server with indexes that work, in one file, on loopback.
 *
 * <p>What is promised: a stop keeps everything. A {@code kill -9} loses at most the last {@value #WRITE_MILLIS} ms of answered
 * writes, and always the latest ones over all collections together: what remains is a state that once was. So a projection that
 * keeps its own progress here, written after its documents, resumes where its documents are; one that keeps it elsewhere may
 * miss events. The file is not flushed to the disk: read models can be made again. A file that does not open is put aside, and
 * the projections start from nothing.
 */
public final class DocumentStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentStore.class);
    private static final int WRITE_MILLIS = 200;
    private static final int TIDY_SECONDS = 60;
    private static final int TIDY_FILL_PERCENT = 60;
    private static final int TIDY_BYTES = 8 * 1024 * 1024;
    private static final int CACHE_MEGABYTES = 128;

    private final MongoServer server;
    private final ScheduledExecutorService writer;
    private final int port;

    private DocumentStore(MongoServer server, ScheduledExecutorService writer, int port) {
        this.server = server;
        this.writer = writer;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param folder gets {@code documents.mv}
     * @param port on 127.0.0.1
     */
    public static DocumentStore start(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        IndexedBackend backend = open(folder.resolve("documents.mv"));
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("document-store-writer").daemon(true).factory());
        schedule(writer, backend);
        MongoServer server = new MongoServer(backend);
        try {
            server.bind("127.0.0.1", port);
        } catch (RuntimeException failed) {
            writer.shutdownNow();
            throw new IOException("The document store did not start: " + failed.getMessage(), failed);
        }
        return new DocumentStore(server, writer, port);
    }

    /** What drivers connect to. */
    public String uri() {
        return "mongodb://127.0.0.1:" + port;
    }

    /** Stops it; connections are cut, everything is in the file. */
    @Override
    public void close() throws InterruptedException {
        server.stopListening();
        writer.shutdown();
        if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("The document store is still writing; its last state may be missing");
        }
        server.shutdownNow();
    }

    private static void schedule(ScheduledExecutorService writer, IndexedBackend backend) {
        ScheduledFuture<?> writes = writer.scheduleWithFixedDelay(
                () -> guarded(backend::write), WRITE_MILLIS, WRITE_MILLIS, TimeUnit.MILLISECONDS);
        ScheduledFuture<?> tidies = writer.scheduleWithFixedDelay(
                () -> guarded(() -> backend.tidy(TIDY_FILL_PERCENT, TIDY_BYTES)),
                TIDY_SECONDS,
                TIDY_SECONDS,
                TimeUnit.SECONDS);
        LOG.debug("Document store writes {} and tidies {}", writes, tidies);
    }

    /** A periodic task that throws would never run again. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.error("The document store's file cannot be written", failed);
        }
    }

    private static IndexedBackend open(Path file) throws IOException {
        try {
            return new IndexedBackend(openFile(file));
        } catch (MVStoreException damaged) {
            if (!Files.exists(file) || damaged.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IOException("The document store's file cannot be used: " + damaged.getMessage(), damaged);
            }
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + System.currentTimeMillis());
            LOG.warn(
                    "The document store's file does not open ({}): kept as {}, read models start from nothing",
                    damaged.getMessage(),
                    aside);
            Files.move(file, aside);
            return new IndexedBackend(openFile(file));
        }
    }

    private static MVStore openFile(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .open();
    }
}
