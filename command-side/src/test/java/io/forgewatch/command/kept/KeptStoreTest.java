package io.forgewatch.command.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningRules;
import io.forgewatch.command.warning.WhenWarningIssuedThenWatchDeadlines;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores of earlier releases, restored with their own scripts and opened by today's. */
@Timeout(120)
class KeptStoreTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void givenTheStoresThatAreKept_whenCounted_thenThatOfTheFirstReleaseIsThere() {
        assertThat(KeptStore.all()).isNotEmpty();
    }

    static List<KeptStore> kept() {
        return KeptStore.all();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void givenAKeptStore_whenOpened_thenEveryEventDecodesAndWhatWaitsIsThere(KeptStore kept) throws SQLException {
        try (StoreBed bed = new StoreBed(kept.restored())) {
            List<RecordedEvent> events =
                    bed.feed().after(0).take(kept.head()).collectList().block(LONG);

            assertThat(events)
                    .extracting(RecordedEvent::position)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, kept.head()).boxed().toList());
            assertThat(events)
                    .extracting(RecordedEvent::event)
                    .filteredOn(WarningIssued.class::isInstance)
                    .extracting(event -> ((WarningIssued) event).warningId())
                    .containsExactly(kept.fact("warning"));
            String database = bed.databaseName();
            WhenWarningIssuedThenWatchDeadlines deadlines =
                    new WhenWarningIssuedThenWatchDeadlines(WarningRules.standard());
            List<String> dates = events.stream()
                    .filter(event -> event.event() instanceof WarningIssued)
                    .flatMap(event -> deadlines.due(event).stream())
                    .filter(date -> date.command() instanceof EscalateWarning)
                    .map(DueDate::key)
                    .toList();
            assertThat(dates).isNotEmpty();
            assertThat(column(database, "select key from due_dates"))
                    .as("read again, what was issued then enters no date twice")
                    .containsAll(dates);
            assertThat(column(database, "select key from parked")).containsExactly("within=" + kept.fact("parked"));
            assertThat(column(database, "select command_name from due_dates where state = 'WAITING'"))
                    .contains("EscalateWarning", "AssessRisk", "ClearReturnedAlarm");
            assertThat(column(database, "select processor from tokens")).contains(kept.fact("automation"));
            assertThat(column(database + "_keys", "select subject from personal_keys"))
                    .contains("account/ministry");
        }
    }

    static List<String> column(String database, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = EmbeddedStore.connection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
