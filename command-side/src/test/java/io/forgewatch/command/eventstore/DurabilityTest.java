package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer means "on disk": PostgreSQL's own statistics count the flushes of its log behind each acknowledged append. */
@Timeout(120)
class DurabilityTest {

    private static final int APPENDS = 20;

    @Test
    void givenFsyncOn_whenAppendsAreAcknowledgedOneByOne_thenTheLogWasFlushedBeforeEachAnswer() throws SQLException {
        try (StoreBed bed = new StoreBed();
                Connection connection = EmbeddedStore.connection(EmbeddedStore.nameOf(bed.address));
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "show fsync")).isEqualTo("on");
            assertThat(text(statement, "show synchronous_commit")).isEqualTo("on");
            press(bed, 0);

            for (int n = 1; n <= APPENDS; n++) {
                long before = log(statement, "pg_current_wal_insert_lsn()");
                press(bed, n);
                // What was flushed when the answer came lies beyond what had been written before the append.
                assertThat(log(statement, "pg_current_wal_flush_lsn()")).isGreaterThan(before);
            }
            // Backends add their counts to the statistics when they have been idle for a moment.
            org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> syncs(statement) >= APPENDS);
        }
    }

    private static void press(StoreBed bed, int n) {
        bed.commands
                .send(new PressButton(StoreBed.newButton(), "p" + n, 10, Instant.EPOCH), Actor.account("alice"), null)
                .block(Duration.ofSeconds(20));
    }

    private static long log(Statement statement, String end) throws SQLException {
        return Long.parseLong(text(statement, "select (" + end + " - '0/0'::pg_lsn)::bigint"));
    }

    private static long syncs(Statement statement) throws SQLException {
        return Long.parseLong(text(
                statement,
                "select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal' and backend_type = 'client"
                        + " backend'"));
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
