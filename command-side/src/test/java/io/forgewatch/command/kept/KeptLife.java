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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The store of an earlier release in which a works has lived through all that can happen to one, with every history as that release
 * told it: {@code README.md} beside the folder says what is in it. {@link KeepLife} writes one.
 */
public final class KeptLife {

    static final String FOLDER = "life-1";

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JsonNode facts = MAPPER.readTree(text("life.json"));

    /** The position of its last event. */
    public long head() {
        return facts.required("head").asLong();
    }

    /** The keys of the side that wrote it, as properties of a side that is to go on; the first kept store has the same. */
    public Map<String, Object> properties() {
        return new HashMap<>(KeptStore.all().getFirst().properties());
    }

    /** The tables of a database of it. */
    private List<String> tables(String database) {
        return facts.required(database).valueStream().map(JsonNode::asString).toList();
    }

    /** Puts it, with the scripts of its release, into a new database and one for the keys beside it; tells the address. */
    public String restored() {
        String address = EmbeddedStore.newDatabase();
        String database = EmbeddedStore.nameOf(address);
        EmbeddedStore.execute(database, text("events.sql"));
        tables("events").forEach(table -> fill(database, "events/", table));
        EmbeddedStore.execute("postgres", "create database " + database + "_keys");
        EmbeddedStore.execute(database + "_keys", text("keys.sql"));
        tables("keys").forEach(table -> fill(database + "_keys", "keys/", table));
        return address;
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

    /** The lines of {@code name.jsonl.gz}, each read. */
    List<JsonNode> read(String name) {
        return lines(name).stream().map(MAPPER::readTree).toList();
    }

    private static List<String> lines(String name) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(open(name + ".jsonl.gz")), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        String file = FOLDER + "/" + name;
        return Objects.requireNonNull(KeptLife.class.getResourceAsStream(file), file);
    }
}
