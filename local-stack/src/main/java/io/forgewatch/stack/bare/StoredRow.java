package io.forgewatch.stack.bare;

import io.forgewatch.stack.StackException;
import io.r2dbc.spi.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** The values of one event's row, so that others as long can be written into a table with the columns and keys of the events'. */
public record StoredRow(
        String name, String actor, String[] tags, String metadata, byte[] payload, byte[] entry, byte[] leaf) {

    /** What an insert names, with the version as {@code '1'} in its place. */
    public static final String COLUMNS = "id, name, version, at, actor, tags, metadata, payload, entry, leaf";

    /** So many parameters a row has: the version is none. */
    public static final int BOUND = 9;

    /** Makes such a table where there is none. */
    public static String table(String name) {
        return """
                create table if not exists %s (
                    position bigint generated always as identity primary key,
                    id uuid not null unique,
                    name text not null,
                    version text not null,
                    at timestamptz not null,
                    actor text not null,
                    tags text[] not null,
                    metadata text not null,
                    payload bytea not null,
                    entry bytea not null,
                    leaf bytea not null
                )""".formatted(name);
    }

    /** Binds a row as it would be stored now, from that parameter on. */
    public Statement bind(Statement statement, int at) {
        return statement
                .bind(at, UUID.randomUUID())
                .bind(at + 1, name)
                .bind(at + 2, Instant.now())
                .bind(at + 3, actor)
                .bind(at + 4, tags)
                .bind(at + 5, metadata)
                .bind(at + 6, payload)
                .bind(at + 7, entry)
                .bind(at + 8, leaf);
    }

    /**
     * The newest of a name.
     *
     * @throws StackException when there is none
     */
    static StoredRow newest(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select actor, tags, metadata, payload, entry, leaf from events where name like ? order by position desc"
                        + " limit 1")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new StackException("No event " + name + " is stored to be as long as");
                }
                return new StoredRow(
                        name,
                        row.getString(1),
                        (String[]) row.getArray(2).getArray(),
                        row.getString(3),
                        row.getBytes(4),
                        row.getBytes(5),
                        row.getBytes(6));
            }
        }
    }
}
