package io.forgewatch.log.verify;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** A store in PostgreSQL, read in one transaction that changes nothing and sees one moment. */
public final class JdbcStoreRows implements StoreRows, AutoCloseable {

    private static final int FETCH = 1000;
    /** A time without end has no microseconds; no entry has this one. */
    private static final String MICROS =
            "case when isfinite(at) then (extract(epoch from at) * 1000000)::bigint" + " else -9223372036854775808 end";

    private static final String SELECT =
            "select position, id, name, version, " + MICROS + ", tags, metadata, payload, entry, leaf from events";
    private static final List<String> TRACES = List.of("event_tags", "tokens", "idempotency_keys");

    /**
     * Rows are looked up one by one: a hash or a sort of all tags would need gigabytes of the store's disk at ten million events,
     * and a restored backup has no statistics to choose by.
     */
    private static final String ONE_BY_ONE =
            "set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_sort = off";

    /** An event without an actor in its metadata is stored as that of nobody. */
    private static final String STRAY_ACTOR = """
            select position, 'actor' as what from events
            where coalesce(metadata::json ->> 'actor', 'system/unknown') <> actor
            """;

    private static final String STRAY_TAG = """
            union all
            select e.position, t.tag as what
            from events e cross join lateral unnest(e.tags) t (tag)
            left join event_tags x on x.position = e.position and x.tag = t.tag
            where x.name is distinct from e.name
            union all
            select x.position, x.tag as what
            from event_tags x left join events e on e.position = x.position
            where e.position is null or x.tag <> all (e.tags)
            """;

    /** The offset keeps the order out of the looking up, which is then shared among the store's processors. */
    private static final String FIRST = "select position, what from (%soffset 0) stray order by position limit 1";

    private final Connection connection;

    /** @param connection is given settings of its own and closed with this */
    public JdbcStoreRows(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    /** @throws IllegalArgumentException when the address is of another form than {@code postgresql://user:password@host:port/db} */
    static JdbcStoreRows open(String url) throws SQLException {
        StoreAddress address = StoreAddress.parse(url);
        return new JdbcStoreRows(DriverManager.getConnection(address.jdbcUrl(), address.login()));
    }

    @Override
    public long head() {
        return number("select coalesce(max(position), 0) from events");
    }

    @Override
    public long furthestTrace() {
        long furthest = 0;
        for (String table : TRACES) {
            if (exists(table)) {
                furthest = Math.max(furthest, number("select coalesce(max(position), 0) from " + table));
            }
        }
        return furthest;
    }

    @Override
    public void forEach(Predicate<StoreRow> visitor) {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " order by position")) {
            statement.setFetchSize(FETCH);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next() && visitor.test(row(result))) {
                    // The visitor does it all.
                }
            }
        } catch (SQLException e) {
            throw new StoreUnreadableException(e);
        }
    }

    @Override
    public Optional<StoreRow> at(long position) {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " where position = ?")) {
            statement.setLong(1, position);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(row(result)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreUnreadableException(e);
        }
    }

    @Override
    public Optional<StrayCopy> strayCopy() {
        String stray = exists("event_tags") ? STRAY_ACTOR + STRAY_TAG : STRAY_ACTOR;
        try (Statement settings = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement(FIRST.formatted(stray))) {
            settings.execute(ONE_BY_ONE);
            return strayCopy(statement);
        } catch (SQLException e) {
            throw new StoreUnreadableException(e);
        }
    }

    private static Optional<StrayCopy> strayCopy(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            return result.next()
                    ? Optional.of(new StrayCopy(result.getLong(1), result.getString(2)))
                    : Optional.empty();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** A backup of the events alone has nothing else. */
    private boolean exists(String table) {
        return number("select count(*) from pg_class where oid = to_regclass('" + table + "')") > 0;
    }

    private long number(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new StoreUnreadableException(e);
        }
    }

    /** A payload that is null is gone, as one without bytes is: only whoever checks says that it was erased. */
    private static byte[] payload(ResultSet result) throws SQLException {
        byte[] stored = result.getBytes(8);
        return stored == null ? new byte[0] : stored;
    }

    private static StoreRow row(ResultSet result) throws SQLException {
        Object[] tags = (Object[]) result.getArray(6).getArray();
        return new StoreRow(
                result.getLong(1),
                result.getObject(2, UUID.class),
                result.getString(3),
                result.getString(4),
                result.getLong(5),
                Arrays.stream(tags).map(Objects::toString).toList(),
                result.getString(7),
                payload(result),
                result.getBytes(9),
                result.getBytes(10));
    }
}
