package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.connectivity.Connectivity;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.kept.KeptLife;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A snapshot that an earlier release took is what the events make of it, or it is passed over: never anything else. */
@Timeout(120)
class KeptSnapshotsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String GATEWAY = "GT3702110001-G1";

    private final KeptLife kept = new KeptLife();
    private final Connectivity decider = new Connectivity();

    @Test
    void given_a_kept_snapshot_when_loaded_then_it_is_the_fold_of_the_events_or_is_not_used_because_code_has_changed()
            throws Exception {
        try (StoreBed bed = new StoreBed(kept.restored())) {
            Row row = row(bed);

            EntityCache.Known known = new Snapshots(bed.database())
                    .load(decider, decider.name() + '/' + GATEWAY)
                    .block(LONG);

            assertThat(known == null)
                    .as("it is passed over exactly if other code made it")
                    .isNotEqualTo(row.evolve().equals(version()));
            if (known != null) {
                assertThat(known.position()).isEqualTo(row.position());
                assertThat(known.state()).isEqualTo(folded(bed, row.position()));
            }
        }
    }

    /** Even if it was made by the code that is here now, and only that. */
    @Test
    void given_a_kept_snapshot_under_todays_version_when_loaded_then_it_is_the_fold_of_the_events() throws Exception {
        try (StoreBed bed = new StoreBed(kept.restored())) {
            Row row = row(bed);
            EmbeddedStore.execute(bed.databaseName(), "update snapshots set evolve = '" + version() + "'");

            EntityCache.Known known = new Snapshots(bed.database())
                    .load(decider, decider.name() + '/' + GATEWAY)
                    .block(LONG);

            assertThat(Objects.requireNonNull(known).state()).isEqualTo(folded(bed, row.position()));
        }
    }

    private record Row(String evolve, long position) {}

    private static Row row(StoreBed bed) throws SQLException {
        try (Connection connection = EmbeddedStore.connection(bed.databaseName());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select evolve, position from snapshots")) {
            assertThat(rows.next()).as("a snapshot is kept").isTrue();
            return new Row(rows.getString(1), rows.getLong(2));
        }
    }

    private String version() throws IOException {
        return EvolveVersion.of(decider, decider.initial(GATEWAY).getClass());
    }

    /** All events go by it: what is not the gateway's changes nothing, or the selection would have to be doubted. */
    private Object folded(StoreBed bed, long upTo) {
        List<RecordedEvent> events = Objects.requireNonNull(
                bed.feed().after(0).take(upTo).collectList().block(LONG));
        return folded(decider, events.stream().map(RecordedEvent::event).toList());
    }

    private static <S> S folded(Decider<S, ?> decider, List<DomainEvent> events) {
        S state = decider.initial(GATEWAY);
        for (DomainEvent event : events) {
            state = decider.evolve(state, event);
        }
        return state;
    }
}
