package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** A replica that was behind takes over, or a backup is restored, under instances that run on. */
@Timeout(120)
class StoreThatWentBackTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AlarmId button = StoreBed.newButton();

    private void press(StoreBed bed, int times) {
        Flux.range(0, times)
                .concatMap(n -> bed.commands()
                        .send(new PressButton(button, "p" + bed.recent.head(), 1_000, Instant.EPOCH), actor(), null))
                .blockLast(LONG);
    }

    private static Actor actor() {
        return Actor.account("alice");
    }

    private static void loseBeyond(StoreBed bed, int position) {
        for (String table : new String[] {"events", "event_tags"}) {
            EmbeddedStore.execute(bed.databaseName(), "delete from " + table + " where position > " + position);
        }
    }

    @Test
    void given_events_that_the_store_lost_when_commands_come_then_nothing_is_decided_on_them_until_a_new_start() {
        try (StoreBed bed = new StoreBed()) {
            press(bed, 9);
            loseBeyond(bed, 5);

            assertThatThrownBy(() -> press(bed, 1)).isInstanceOf(StoreWentBackException.class);
            assertThatThrownBy(() -> bed.rows.head().block(LONG)).isInstanceOf(StoreWentBackException.class);
            try (StoreBed again = new StoreBed(bed.address())) {
                assertThat(again.rows.head().block(LONG)).isEqualTo(5);
                press(again, 3);
                assertThat(again.rows.head().block(LONG)).isEqualTo(8);
            }
        }
    }

    @Test
    void given_an_instance_without_work_when_other_events_stand_in_the_place_of_those_it_saw_then_it_notices() {
        try (StoreBed bed = new StoreBed()) {
            press(bed, 9);
            // As if it had grown past what was seen before anybody looked: in one go.
            EmbeddedStore.execute(
                    bed.databaseName(),
                    "begin; update events set id = gen_random_uuid() where position > 5; insert into events select"
                            + " position + 4, gen_random_uuid(), name, version, at, actor, tags, metadata, payload, entry,"
                            + " leaf from events where position > 5; commit");

            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThatThrownBy(() -> bed.rows.head().block(LONG))
                                    .isInstanceOf(StoreWentBackException.class)
                                    .hasMessageContaining("position 9"));
        }
    }

    @Test
    void given_work_that_is_led_when_the_store_went_back_then_it_is_led_no_more_and_another_instance_may() {
        try (StoreBed bed = new StoreBed()) {
            press(bed, 3);
            AtomicInteger working = new AtomicInteger();
            Disposable leading = new Leadership(bed.database())
                    .whileLeading("work", counted(working))
                    .subscribe();
            await().atMost(LONG).until(() -> working.get() == 1);

            loseBeyond(bed, 1);

            await().atMost(LONG).until(() -> working.get() == 0);
            try (StoreBed other = new StoreBed(bed.address())) {
                AtomicInteger elsewhere = new AtomicInteger();
                Disposable next = new Leadership(other.database())
                        .whileLeading("work", counted(elsewhere))
                        .subscribe();
                await().atMost(LONG).until(() -> elsewhere.get() == 1);
                next.dispose();
            }
            leading.dispose();
        }
    }

    @Test
    void given_a_store_that_lost_nothing_when_it_is_looked_at_then_work_goes_on() {
        try (StoreBed bed = new StoreBed();
                StoreBed other = new StoreBed(bed.address())) {
            press(bed, 3);
            await().atMost(LONG).until(() -> other.recent.head() == 3);
            press(other, 3);
            await().atMost(LONG).until(() -> bed.recent.head() == 6);
            press(bed, 3);

            assertThat(bed.rows.head().block(LONG)).isEqualTo(9);
        }
    }

    private static Flux<Object> counted(AtomicInteger working) {
        return Flux.never()
                .doOnSubscribe(begun -> working.incrementAndGet())
                .doFinally(end -> working.decrementAndGet());
    }
}
