package io.forgewatch.command.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.transparency.LogState.Departing;
import io.forgewatch.command.transparency.LogState.Extending;
import io.forgewatch.command.transparency.TransparencyCommand.OpenEpoch;
import io.forgewatch.event.Actor;
import io.forgewatch.event.transparency.TransparencyEvent.LogEpochOpened;
import io.forgewatch.web.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** Whether a store is taken for what was published, and what happens when it is not. */
@Timeout(180)
class ExtensionTest {

    @TempDir
    Path folder;

    private final String address = EmbeddedStore.newDatabase();
    private final LogKeys keys = SampleKeys.keys();

    @Test
    void given_a_store_that_was_stopped_when_it_starts_again_then_it_goes_on() {
        sealed(20);
        try (LogBed again = bed().started()) {
            again.append(1);
            await().atMost(LogBed.LONG).until(() -> again.published() == 21);
            assertThat(again.log.state()).contains(new Extending(1));
        }
    }

    @Test
    void given_an_old_backup_is_restored_when_it_starts_then_nothing_is_appended_until_a_new_epoch_is_opened() {
        sealed(300);
        // The backup knows nothing of the later checkpoints either.
        cutTo(270);
        sql("delete from log_checkpoints");

        try (LogBed restored = bed().started()) {
            Departing departing = untilDeparting(restored);
            assertThat(departing.claim().size()).isEqualTo(300);
            assertThat(departing.next()).isEqualTo(2);
            assertThatThrownBy(() -> restored.press().blockLast(LogBed.LONG))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.status()).isEqualTo(503);
                        assertThat(problem.code()).isEqualTo("log-departed");
                        assertThat(problem.detail()).contains("epoch 2", "270");
                    });
            assertThat(restored.store.feed().head().block(LogBed.LONG)).isEqualTo(270);
            assertThat(new LogHealth(restored.log)
                            .health()
                            .blockOptional(LogBed.LONG)
                            .orElseThrow()
                            .getStatus())
                    .isEqualTo(Status.OUT_OF_SERVICE);

            open(restored, departing);

            await().atMost(LogBed.LONG).until(() -> restored.published() >= 271);
            assertThat(restored.log.state()).contains(new Extending(2));
            LogEpochOpened opened = (LogEpochOpened) restored.store
                    .feed()
                    .of(LogEpochs.subject(keys.host()), 0, 10)
                    .blockLast(LogBed.LONG)
                    .event();
            assertThat(opened.departed()).isEqualTo(departing.claim().departed());
            restored.append(9);
            await().atMost(LogBed.LONG).until(() -> restored.published() == 280);
            assertThat(restored.log.published().orElseThrow().checkpoint().origin())
                    .isEqualTo("forgewatch.test/log/2");
            assertThat(restored.number("select count(*) from log_tiles where epoch = 2"))
                    .isEqualTo(1);
        }
        try (LogBed later = bed().started()) {
            await().atMost(LogBed.LONG).until(() -> later.published() == 280);
            assertThat(later.log.state()).contains(new Extending(2));
        }
    }

    @Test
    void given_the_tail_of_the_events_is_cut_when_nothing_was_shipped_then_the_stored_checkpoint_finds_it() {
        try (LogBed bed = new LogBed(address, null, keys).started()) {
            bed.append(30);
            await().atMost(LogBed.LONG).until(() -> bed.published() == 30);
        }
        cutTo(29);
        try (LogBed again = new LogBed(address, null, keys).started()) {
            assertThat(untilDeparting(again).why()).contains("29");
        }
    }

    @Test
    void given_two_events_are_swapped_when_it_starts_then_it_departs() {
        sealed(300);
        sql("update events set leaf = case position when 3 then (select leaf from events where position = 4)"
                + " else (select leaf from events where position = 3) end where position in (3, 4)");
        try (LogBed again = bed().started()) {
            assertThat(untilDeparting(again).why()).containsAnyOf("altered", "another root");
        }
    }

    @Test
    void given_an_event_is_missing_when_it_starts_then_it_departs() {
        sealed(30);
        sql("delete from events where position = 7");
        try (LogBed again = bed().started()) {
            assertThat(untilDeparting(again).why()).contains("1 to 30");
        }
    }

    @Test
    void given_a_checkpoint_signed_with_other_keys_when_it_starts_then_it_departs() {
        sealed(30);
        try (LogBed again = new LogBed(address, folder, SampleKeys.otherKeys()).started()) {
            assertThat(untilDeparting(again).claim().ours()).isFalse();
        }
    }

    @Test
    void given_a_checkpoint_that_is_none_when_it_starts_then_it_departs_and_a_new_epoch_leaves_it_behind()
            throws IOException {
        sealed(30);
        Files.writeString(folder.resolve("1").resolve("checkpoint"), "nonsense");
        try (LogBed again = bed().started()) {
            Departing departing = untilDeparting(again);
            assertThat(departing.claim().size()).isZero();
            open(again, departing);
            await().atMost(LogBed.LONG).until(() -> again.published() == 31);
        }
        try (LogBed later = bed().started()) {
            later.append(1);
            await().atMost(LogBed.LONG).until(() -> later.published() == 32);
        }
    }

    @Test
    void given_an_epoch_that_is_open_when_somebody_opens_it_again_then_it_is_refused() {
        try (LogBed bed = bed().started()) {
            bed.append(1);
            OpenEpoch open =
                    new OpenEpoch(keys.host(), 2, new Claim(1, "", 0, "", false).departed(), "why", Instant.EPOCH);
            bed.store.commands().send(open, Actor.account("ministry"), null).block(LogBed.LONG);
            assertThatThrownBy(() -> bed.store
                            .commands()
                            .send(open, Actor.account("ministry"), null)
                            .block(LogBed.LONG))
                    .hasMessageContaining("log-epoch-open");
        }
    }

    private LogBed bed() {
        return new LogBed(address, folder, keys);
    }

    private void sealed(int events) {
        try (LogBed bed = bed().started()) {
            bed.append(events);
            await().atMost(LogBed.LONG).until(() -> bed.published() == events);
        }
        assertThat(folder.resolve("1").resolve("checkpoint")).exists();
    }

    private void cutTo(long position) {
        sql("delete from events where position > " + position);
        sql("delete from event_tags where position > " + position);
    }

    private void sql(String statement) {
        EmbeddedStore.execute(EmbeddedStore.nameOf(address), statement);
    }

    private void open(LogBed bed, Departing departing) {
        bed.store
                .commands()
                .send(
                        new OpenEpoch(
                                keys.host(),
                                departing.next(),
                                departing.claim().departed(),
                                "restored from a backup",
                                Instant.EPOCH),
                        Actor.account("ministry"),
                        null)
                .block(LogBed.LONG);
    }

    private static Departing untilDeparting(LogBed bed) {
        await().atMost(Duration.ofSeconds(60)).until(() -> bed.log.state().isPresent());
        assertThat(bed.log.state().orElseThrow()).isInstanceOf(Departing.class);
        return (Departing) bed.log.state().orElseThrow();
    }
}
