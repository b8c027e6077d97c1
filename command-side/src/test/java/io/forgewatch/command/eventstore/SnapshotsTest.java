package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A button pressed 520 times on one instance, and what another instance on the same store, started later, makes of it. */
class SnapshotsTest {

    private static final int PRESSES = Snapshots.EVERY + 20;

    private final StoreBed bed = new StoreBed();
    private final AlarmId button = StoreBed.newButton();
    private final List<StoreBed> later = new ArrayList<>();

    @AfterEach
    void close() {
        later.forEach(StoreBed::close);
        bed.close();
    }

    @Test
    void given_an_entity_of_many_events_when_another_instance_decides_then_it_starts_from_the_snapshot()
            throws Exception {
        pressOften();
        // Only whoever uses the snapshot can believe this.
        EmbeddedStore.execute(bed.databaseName(), "update snapshots set state = '{\"by\":[\"somebody else\"]}'");

        Commands.Answer answer = press(laterInstance(), "anybody");

        assertThat(answer.body()).containsEntry("presses", pressesAfterSnapshot() + 2);
    }

    @Test
    void given_a_snapshot_that_other_code_made_when_decided_then_it_is_not_used() {
        pressOften();
        EmbeddedStore.execute(
                bed.databaseName(), "update snapshots set evolve = 'other', state = '{\"by\":[\"somebody else\"]}'");

        assertThat(press(laterInstance(), "anybody").body()).containsEntry("presses", PRESSES + 1);
    }

    @Test
    void given_a_snapshot_that_cannot_be_read_or_none_any_more_when_decided_then_all_events_are_read() {
        pressOften();
        EmbeddedStore.execute(bed.databaseName(), "update snapshots set state = 'no json'");
        StoreBed one = laterInstance();
        assertThat(press(one, "anybody").body()).containsEntry("presses", PRESSES + 1);

        StoreBed other = laterInstance();
        EmbeddedStore.execute(bed.databaseName(), "delete from snapshots");

        assertThat(press(other, "somebody").body()).containsEntry("presses", PRESSES + 2);
    }

    @Test
    void given_an_entity_of_few_events_when_decided_then_no_snapshot_is_taken() throws Exception {
        press(bed, "anybody");
        press(bed, "somebody");

        assertThat(number("select count(*) from snapshots")).isZero();
    }

    private void pressOften() {
        for (int i = 0; i < PRESSES; i++) {
            press(bed, "presser " + i % 2);
        }
        until(() -> number("select count(*) from snapshots") == 1);
    }

    private int pressesAfterSnapshot() {
        return PRESSES - (int) number("select position from snapshots");
    }

    /** Knows of the snapshot when it begins. */
    private StoreBed laterInstance() {
        StoreBed one = new StoreBed(bed.address());
        later.add(one);
        until(() -> one.knowsSnapshot("button/" + button));
        return one;
    }

    private Commands.Answer press(StoreBed on, String by) {
        return on.commands()
                .send(
                        new PressButton(
                                button, by, Integer.MAX_VALUE, Clock.systemUTC().instant()),
                        Actor.system("test"),
                        null)
                .blockOptional(Duration.ofSeconds(20))
                .orElseThrow();
    }

    private long number(String query) {
        try (Connection connection = EmbeddedStore.connection(bed.databaseName());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(Duration.ofSeconds(30));
    }
}
