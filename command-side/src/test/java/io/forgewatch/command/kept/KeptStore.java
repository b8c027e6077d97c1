package io.forgewatch.command.kept;

import io.forgewatch.command.eventstore.EmbeddedStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The store of an earlier release as it was when it stopped: {@code README.md} beside the numbered folders says what is in them.
 * Whatever it is restored into is a copy of the test's own.
 */
public final class KeptStore {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final List<String> EVENTS = List.of(
            "events",
            "event_tags",
            "idempotency_keys",
            "tokens",
            "parked",
            "snapshots",
            "log_tiles",
            "log_checkpoints",
            "due_dates");

    private final int number;
    private final JsonNode facts;
    private final JsonNode secrets;

    private KeptStore(int number) {
        this.number = number;
        this.facts = MAPPER.readTree(text("store.json"));
        this.secrets = MAPPER.readTree(text("secrets.json"));
    }

    /** Every kept store, the oldest first. */
    public static List<KeptStore> all() {
        return Stream.iterate(1, number -> number + 1)
                .takeWhile(number -> KeptStore.class.getResource(number + "/store.json") != null)
                .map(KeptStore::new)
                .toList();
    }

    public Instant keptAt() {
        return Instant.parse(fact("keptAt"));
    }

    /** The position of its last event. */
    public long head() {
        return Long.parseLong(fact("head"));
    }

    /** One of the facts in {@code store.json}. */
    public String fact(String name) {
        return facts.required(name).asString();
    }

    /** The keys of the side that wrote it, as properties of a side that is to go on. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        secrets.required("properties")
                .properties()
                .forEach(one -> properties.put(one.getKey(), one.getValue().asString()));
        return properties;
    }

    /** The key of a gateway's signatures, Base64, by the gateway's id. */
    public String gatewaySecret(String gatewayId) {
        return secrets.required("gateways")
                .valueStream()
                .filter(gateway -> gateway.required("id").asString().equals(gatewayId))
                .map(gateway -> gateway.required("secret").asString())
                .findFirst()
                .orElseThrow();
    }

    /** Puts it, with the scripts of its release, into a new database and one for the keys beside it; tells the address. */
    public String restored() {
        String address = EmbeddedStore.newDatabase();
        String database = EmbeddedStore.nameOf(address);
        prepare(database);
        EVENTS.forEach(table -> fill(database, "events/", table));
        EmbeddedStore.execute("postgres", "create database " + database + "_keys");
        EmbeddedStore.execute(database + "_keys", text("keys.sql"));
        fill(database + "_keys", "keys/", "personal_keys");
        return address;
    }

    /** Applies the scripts of its release, as each of its instances does when it starts. */
    public void prepare(String database) {
        EmbeddedStore.execute(database, text("schema.sql"));
        EmbeddedStore.execute(database, text("schedule.sql"));
    }

    private void fill(String database, String folder, String table) {
        try (Connection connection = EmbeddedStore.connection(database);
                PreparedStatement insert = connection.prepareStatement("insert into " + table
                        + " select * from json_populate_recordset(null::" + table + ", ?::json)")) {
            insert.setString(1, "[" + String.join(",", lines(folder + table)) + "]");
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The topics, each with its settings; {@link #records} has what is in them. */
    List<JsonNode> topics() {
        return facts.required("topics").valueStream().toList();
    }

    /** What is kept of a topic: partition, timestamp, key, value and headers, bytes in Base64. */
    public List<JsonNode> records(String topic) {
        return lines("topics/" + topic).stream().map(MAPPER::readTree).toList();
    }

    /** The lines of {@code name.jsonl.gz}. */
    public List<String> lines(String name) {
        try (InputStream packed = open(name + ".jsonl.gz");
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream open(String name) {
        @Nullable InputStream in = KeptStore.class.getResourceAsStream(number + "/" + name);
        return Objects.requireNonNull(in, number + "/" + name);
    }

    @Override
    public String toString() {
        return "store " + number + " of " + fact("release");
    }
}
