package io.forgewatch.stack.bare;

import io.forgewatch.stack.StackException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The values of one event's row, so that others as long can be written. */
record StoredRow(String name, String actor, String[] tags, String metadata, byte[] payload, byte[] entry, byte[] leaf) {

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
