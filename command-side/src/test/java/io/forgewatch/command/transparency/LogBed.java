package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.Actor;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** One instance of the log on a store, as the beans put it together, without Spring. */
final class LogBed implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(60);

    final AppendGate gate = new AppendGate();
    final StoreBed store;
    final LogKeys keys;
    final TileShelf shelf;
    final @Nullable ShippedFolder folder;
    final TransparencyLog log;
    final Checkpoints checkpoints;
    final Sealer sealer;

    LogBed(String address, @Nullable Path shipped, LogKeys keys, CheckpointOutlet... outlets) {
        this.store = new StoreBed(address, gate);
        this.keys = keys;
        this.shelf = new TileShelf(store.leaves(), store.tiles(), 64);
        this.folder = shipped == null ? null : new ShippedFolder(shipped, shelf, keys);
        ExtensionCheck check = new ExtensionCheck(folder, store.checkpoints(), store.leaves(), shelf, keys);
        this.log = new TransparencyLog(store.feed(), store.checkpoints(), check, shelf, keys, gate);
        this.checkpoints = new Checkpoints(store.leaves(), store.tiles(), store.checkpoints(), shelf, keys);
        List<CheckpointOutlet> all = new ArrayList<>(List.of(outlets));
        if (folder != null) {
            all.add(folder);
        }
        this.sealer = new Sealer(
                log,
                new Leadership(store.database()),
                store.leaves(),
                store.tiles(),
                shelf,
                checkpoints,
                new Outlets(all),
                Duration.ofMillis(300));
    }

    LogBed started() {
        log.start();
        sealer.start();
        return this;
    }

    /** Appends through the commands, in a few groups. */
    void append(int count) {
        Flux.range(0, count)
                .flatMap(
                        n -> store.commands()
                                .send(
                                        new PressButton(StoreBed.newButton(), "p" + n, 1_000, Instant.EPOCH),
                                        Actor.account("alice"),
                                        null),
                        64)
                .blockLast(LONG);
    }

    Flux<?> press() {
        return store.commands()
                .send(new PressButton(StoreBed.newButton(), "one", 1_000, Instant.EPOCH), Actor.account("alice"), null)
                .flux();
    }

    /** Puts events into the table as the append function would, many at once. */
    static void fill(String address, int from, int to) {
        EmbeddedStore.execute(
                EmbeddedStore.nameOf(address),
                "insert into events (position, id, name, version, at, actor, tags, metadata, payload, entry, leaf)"
                        + " select n, gen_random_uuid(), 'AlarmAcknowledged', '1', now(), 'system/test', '{}', '{}', '{}',"
                        + " e.entry, sha256('\\x00'::bytea || e.entry) from generate_series(" + from + ", " + to
                        + ") n cross join lateral (select convert_to('entry ' || n, 'UTF8') as entry) e");
    }

    void sql(String statement) {
        EmbeddedStore.execute(store.databaseName(), statement);
    }

    long number(String query) {
        try (Connection connection = EmbeddedStore.connection(store.databaseName());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The leaf hashes as they stand in the table. */
    List<byte[]> leaves() {
        try (Connection connection = EmbeddedStore.connection(store.databaseName());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select leaf from events order by position")) {
            List<byte[]> leaves = new ArrayList<>();
            while (rows.next()) {
                leaves.add(rows.getBytes(1));
            }
            return leaves;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long published() {
        return log.published().map(last -> last.checkpoint().size()).orElse(0L);
    }

    /** The root as RFC 9162 defines it, in the plainest way. */
    static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) 1);
            digest.update(root(leaves.subList(0, left)));
            return digest.digest(root(leaves.subList(left, leaves.size())));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As at a normal stop: the sealer first. */
    void stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        sealer.stop(() -> stopped.complete(null));
        stopped.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
        log.stop();
    }

    @Override
    public void close() {
        stop();
        store.close();
    }
}
