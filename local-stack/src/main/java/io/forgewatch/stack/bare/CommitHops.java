package io.forgewatch.stack.bare;

import io.forgewatch.command.eventstore.Database;
import io.forgewatch.command.eventstore.PostgresAddress;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Commits of one row each, over our pool of connections. The first is begun by who sends; each further one by the notice of the one
 * before, heard on a connection that only listens; the notice of the last ends it.
 */
final class CommitHops implements Hop {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CHANNEL = "forgewatch_bare";
    private static final String INSERT = """
            with stored as (insert into bare_events (%s)
                values ($1, $2, '1', $3, $4, $5, $6, $7, $8, $9))
            select pg_notify('%s', $10)""".formatted(StoredRow.COLUMNS, CHANNEL);

    private final Database database;
    private final List<StoredRow> rows;
    private final Next committed;
    private final Next next;
    private final Broken broken;
    private final Disposable listening;

    /**
     * @param rows one for each commit
     * @param committed hears of each commit's notice
     */
    CommitHops(String postgres, List<StoredRow> rows, Next committed, Next next, Broken broken) {
        this.database = new Database(PostgresAddress.parse(postgres), 1, 4);
        this.rows = List.copyOf(rows);
        this.committed = committed;
        this.next = next;
        this.broken = broken;
        database.write(connection -> ran(connection.createStatement(StoredRow.table("bare_events"))))
                .blockLast(PATIENCE);
        PostgresqlConnection connection =
                database.connect().blockOptional(PATIENCE).orElseThrow();
        Flux.from(ran(connection.createStatement("listen " + CHANNEL))).blockLast(PATIENCE);
        this.listening = connection
                .getNotifications()
                .doFinally(end -> connection.close().subscribe())
                .subscribe(notice -> heard(String.valueOf(notice.getParameter())), broken::by);
    }

    @Override
    public void send(long number) {
        commit(0, number);
    }

    /** A notice is which commit it is of, and the number. */
    private void heard(String notice) {
        String[] parts = notice.split(" ");
        int done = Integer.parseInt(parts[0]);
        long number = Long.parseLong(parts[1]);
        committed.through(number);
        if (done + 1 < rows.size()) {
            commit(done + 1, number);
        } else {
            next.through(number);
        }
    }

    private void commit(int which, long number) {
        StoredRow row = rows.get(which);
        database.write(connection -> ran(inserted(connection, row, which + " " + number)))
                .subscribe(done -> {}, broken::by);
    }

    private static Statement inserted(Connection connection, StoredRow row, String notice) {
        return row.bind(connection.createStatement(INSERT), 0).bind(StoredRow.BOUND, notice);
    }

    /** To its end: what fails is told with the rows. */
    private static Publisher<Long> ran(Statement statement) {
        return Flux.from(statement.execute()).flatMap(result -> result.map((row, columns) -> 0L));
    }

    @Override
    public void close() {
        listening.dispose();
        database.close();
    }
}
