package io.forgewatch.log.verify;

import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.FilledTile;
import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import io.forgewatch.log.LogFiles;
import io.forgewatch.log.Note;
import io.forgewatch.log.RightEdge;
import io.forgewatch.log.SignatureAlgorithm;
import io.forgewatch.log.SigningKey;
import io.forgewatch.log.VerifierKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of a real PostgreSQL with events as the command side stores them, and a log that seals and ships them. */
final class LoggedStore {

    static final String ORIGIN = "forgewatch.example/log/1";
    static final SigningKey ED = key();
    static final SigningKey SM = SigningKey.generate(ORIGIN, SignatureAlgorithm.SM2_SM3, new SecureRandom());
    static final List<VerifierKey> KEYS = List.of(ED.verifierKey(), SM.verifierKey());

    /** A story whose events have no actor in their metadata. */
    static final String BY_NOBODY = "by nobody";

    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();
    /** The command side's own: a copy here would go on working when the store has another. */
    private static final String SCHEMA = schema();

    private final String database;
    private final String schema;

    private LoggedStore(String database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    private static String schema() {
        try {
            return Files.readString(
                    Path.of("..", "command-side", "src/main/resources/io/forgewatch/command/eventstore/schema.sql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SigningKey key() {
        return SigningKey.generate(ORIGIN, SignatureAlgorithm.ED25519, new SecureRandom());
    }

    /** A database of its own. */
    static LoggedStore empty() {
        LoggedStore store = new LoggedStore("store" + DATABASES.incrementAndGet(), "public");
        execute("postgres", "public", "create database " + store.database);
        store.execute(SCHEMA);
        return store;
    }

    /** What a backup made now would restore, beside it in the same database: a database each takes a second. */
    LoggedStore copy() {
        LoggedStore copy = new LoggedStore(database, "copy" + DATABASES.incrementAndGet());
        StringBuilder sql = new StringBuilder("create schema " + copy.schema + ";");
        for (String table : List.of("events", "event_tags", "tokens")) {
            sql.append(
                    "create table %1$s.%2$s (like %3$s.%2$s including all); insert into %1$s.%2$s select * from %3$s.%2$s;"
                            .formatted(copy.schema, table, schema));
        }
        execute(sql.toString());
        return copy;
    }

    /** Appends events from a position on. */
    void append(int from, int to, String story) {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into events values (?, ?, ?, ?, timestamptz 'epoch' + ? * interval '1 microsecond', '张三', ?, ?,"
                                + " ?, ?, ?)")) {
            for (int position = from; position <= to; position++) {
                bind(insert, position, story);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        execute("insert into event_tags select t, position, name from events, unnest(tags) t where position between "
                + from
                + " and " + to
                + " on conflict do nothing; insert into tokens (processor, segment, mask, position) values ('automation', 0, 0, "
                + (to - 1) + ") on conflict (processor, segment) do update set position = excluded.position");
    }

    /** Changes an event and everything stored of it, as one would who knows how the log is made. */
    void rewrite(int position, String story) {
        execute("delete from events where position = " + position);
        execute("delete from event_tags where position = " + position);
        append(position, position, story);
    }

    /** Seals the first events and ships the log. */
    Note ship(LogFiles folder, int size, List<SigningKey> keys) {
        RightEdge edge = new RightEdge();
        for (Hash leaf : leaves(size)) {
            for (FilledTile filled : edge.append(leaf)) {
                folder.write(filled.tile(), filled.hashes());
            }
        }
        Note note = new Checkpoint(ORIGIN, size, edge.root()).sign(keys);
        folder.publish(
                edge.partialTiles(), keys.stream().map(SigningKey::verifierKey).toList(), note);
        return note;
    }

    List<Hash> leaves(int size) {
        return column("leaf", size).stream().map(Hash::of).toList();
    }

    List<byte[]> entries(int size) {
        return column("entry", size);
    }

    private List<byte[]> column(String column, int size) {
        List<byte[]> values = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select " + column + " from events where position <= " + size + " order by position")) {
            while (rows.next()) {
                values.add(rows.getBytes(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    void execute(String sql) {
        execute(database, schema, sql);
    }

    Connection connect() {
        return connect(database, schema);
    }

    String address() {
        return "postgresql://postgres:postgres@localhost:" + SERVER.getPort() + "/" + database;
    }

    private static void bind(PreparedStatement insert, int position, String story) throws SQLException {
        UUID id = UUID.nameUUIDFromBytes((story + position).getBytes(StandardCharsets.UTF_8));
        long micros = 1_764_032_400_123_456L + position;
        // In no order, as a set comes.
        List<String> tags = List.of("warning=" + id, "enterprise=320100-000" + position % 7);
        String actor = story.equals(BY_NOBODY) ? "" : "\"actor\":\"张三\",";
        String metadata = "{" + actor + "\"cause\":\"" + position + "\"}";
        byte[] payload = ("{\"" + story + "\":" + position + "}").getBytes(StandardCharsets.UTF_8);
        byte[] entry = LogEntry.of(
                        id, "WarningIssued", "1", micros, tags, metadata.getBytes(StandardCharsets.UTF_8), payload)
                .bytes();
        insert.setLong(1, position);
        insert.setObject(2, id);
        insert.setString(3, "WarningIssued");
        insert.setString(4, "1");
        insert.setLong(5, micros);
        insert.setArray(6, insert.getConnection().createArrayOf("text", tags.toArray()));
        insert.setString(7, metadata);
        insert.setBytes(8, payload);
        insert.setBytes(9, entry);
        insert.setBytes(10, Hash.leaf(entry).bytes());
    }

    private static void execute(String database, String schema, String sql) {
        try (Connection connection = connect(database, schema);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String database, String schema) {
        try {
            Connection connection = SERVER.getDatabase("postgres", database).getConnection();
            connection.setSchema(schema);
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            // Nothing here is about surviving a crash.
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
