package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** What is read after the newest events follows them, or is told to nobody. */
@Timeout(120)
class RecentEventsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AlarmId button = StoreBed.newButton();
    private final String address = EmbeddedStore.newDatabase();
    private final String name = EmbeddedStore.nameOf(address);
    private final Database database = new Database(PostgresAddress.parse(address), 2, 1);
    private final List<StoreWentBackException> wentBack = new CopyOnWriteArrayList<>();
    private final RecentEvents recent = new RecentEvents(new EventRows(database), 64, wentBack::add);

    /** Nobody but the test looks at what was seen. */
    @BeforeEach
    void threeEvents() {
        press(3);
        recent.started().block(LONG);
        assertThat(recent.head()).isEqualTo(3);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void press(int times) {
        try (StoreBed bed = new StoreBed(address)) {
            Flux.range(0, times)
                    .concatMap(n -> bed.commands()
                            .send(
                                    new PressButton(button, "p" + bed.recent.head(), 1_000, Instant.EPOCH),
                                    Actor.account("alice"),
                                    null))
                    .blockLast(LONG);
        }
    }

    @Test
    void given_events_of_another_instance_when_they_are_read_after_then_all_are_told() {
        press(2);
        recent.mayHaveMoved(5);

        await().atMost(LONG).until(() -> recent.head() == 5);
        assertThat(wentBack).isEmpty();
    }

    @Test
    void given_another_event_in_the_place_of_the_last_that_was_told_when_more_come_then_the_store_went_back() {
        EmbeddedStore.execute(
                name,
                "begin; update events set id = gen_random_uuid() where position = 3; insert into events select"
                        + " position + 1, gen_random_uuid(), name, version, at, actor, tags, metadata, payload, entry,"
                        + " leaf from events where position = 3; commit");

        recent.mayHaveMoved(4);

        await().atMost(LONG).until(() -> !wentBack.isEmpty());
        assertThat(wentBack.getFirst()).hasMessageContaining("position 3");
        assertThat(recent.head()).isEqualTo(3);
    }

    @Test
    void given_a_store_that_ends_before_what_was_told_when_it_is_read_after_then_it_went_back() {
        EmbeddedStore.execute(name, "delete from event_tags where position > 2");
        EmbeddedStore.execute(name, "delete from events where position > 2");

        recent.mayHaveMoved(4);

        await().atMost(LONG).until(() -> !wentBack.isEmpty());
        assertThat(recent.head()).isEqualTo(3);
    }
}
