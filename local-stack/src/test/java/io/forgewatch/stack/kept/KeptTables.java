package io.forgewatch.stack.kept;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** All rows of all tables of a database, each as the JSON that PostgreSQL makes of it and takes again. */
final class KeptTables implements AutoCloseable {

    private final Connection connection;

    /**
     * @param address {@code postgresql://user:password@host:port/db}
     * @param suffix of the database's name, empty for that of the address
     */
    KeptTables(String address, String suffix) throws SQLException {
        URI url = URI.create(address);
        String[] user = url.getUserInfo().split(":", 2);
        connection = DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath() + suffix, user[0], user[1]);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set timezone to 'UTC'");
        }
    }

    void write(KeptFiles files, String folder) throws SQLException, IOException {
        for (String table : column("select table_name from information_schema.tables where table_schema = 'public'"
                + " and table_type = 'BASE TABLE' order by 1")) {
            List<String> rows = column("select row_to_json(t)::text from " + table + " t order by t.ctid");
            files.lines(folder + "/" + table, rows);
        }
    }

    /** The first column of what is asked for. */
    List<String> column(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
