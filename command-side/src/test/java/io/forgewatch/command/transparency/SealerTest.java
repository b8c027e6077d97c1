package io.forgewatch.command.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

@Timeout(180)
class SealerTest {

    private final String address = EmbeddedStore.newDatabase();
    private final LogKeys keys = SampleKeys.keys();

    @Test
    void given_appended_events_when_sealed_then_the_checkpoint_has_the_root_of_their_leaves() {
        try (LogBed bed = new LogBed(address, null, keys).started()) {
            bed.append(300);
            untilPublished(bed, 300);

            List<byte[]> leaves = bed.leaves();
            assertThat(leaves).hasSize(300).allMatch(leaf -> leaf.length == 32);
            assertThat(bed.number("select count(*) from events where leaf = sha256('\\x00'::bytea || entry)"))
                    .isEqualTo(300);
            assertThat(root(bed, 300)).isEqualTo(LogBed.root(leaves));
            assertThat(bed.log.published().orElseThrow().note().text())
                    .isEqualTo("forgewatch.test/log/1\n300\n"
                            + Base64.getEncoder().encodeToString(LogBed.root(leaves)) + "\n");
            await().until(() -> bed.number("select count(*) from log_tiles") == 1);
        }
    }

    @Test
    void given_more_events_than_a_tile_of_level_one_holds_when_sealed_then_each_full_tile_is_written_once() {
        try (StoreBed empty = new StoreBed(address)) {
            empty.database().ready().block(LogBed.LONG);
        }
        LogBed.fill(address, 1, 66_000);
        try (LogBed bed = new LogBed(address, null, keys).started()) {
            untilPublished(bed, 66_000);

            assertThat(bed.number("select count(*) from log_tiles where level = 0"))
                    .isEqualTo(257);
            assertThat(bed.number("select count(*) from log_tiles where level = 1"))
                    .isEqualTo(1);
            assertThat(root(bed, 66_000)).isEqualTo(LogBed.root(bed.leaves()));
            assertThat(root(bed, 65_537)).isEqualTo(LogBed.root(bed.leaves().subList(0, 65_537)));
        }
        LogBed.fill(address, 66_001, 66_100);
        try (LogBed again = new LogBed(address, null, keys).started()) {
            untilPublished(again, 66_100);

            assertThat(again.number("select count(*) from log_tiles where level = 0"))
                    .isEqualTo(258);
            assertThat(root(again, 66_100)).isEqualTo(LogBed.root(again.leaves()));
        }
    }

    @Test
    void given_a_store_of_before_there_were_entries_when_it_starts_then_they_are_filled_in_before_anything_is_sealed() {
        try (StoreBed before = new StoreBed(address)) {
            LogBed plain = new LogBed(address, null, keys);
            plain.gate.open();
            plain.append(700);
            List<byte[]> asAppended = plain.leaves();
            plain.store.close();
            EmbeddedStore.execute(before.databaseName(), "update events set entry = null, leaf = null");

            try (LogBed bed = new LogBed(address, null, keys).started()) {
                untilPublished(bed, 700);
                assertThat(bed.leaves())
                        .usingElementComparator(java.util.Arrays::compare)
                        .isEqualTo(asAppended);
                assertThat(root(bed, 700)).isEqualTo(LogBed.root(asAppended));
            }
        }
    }

    @Test
    void given_two_instances_when_events_come_then_one_seals_and_both_publish_and_the_other_goes_on_after_its_stop() {
        List<Long> first = new CopyOnWriteArrayList<>();
        List<Long> second = new CopyOnWriteArrayList<>();
        LogBed here = new LogBed(address, null, keys, outlet(first)).started();
        try (LogBed there = new LogBed(address, null, keys, outlet(second))) {
            here.append(10);
            untilPublished(here, 10);
            there.started();
            there.append(10);
            untilPublished(there, 20);
            await().until(() -> first.contains(20L));
            assertThat(second).isEmpty();

            here.append(1);
            here.stop();
            assertThat(first).contains(21L).isSorted();
            there.append(300);
            untilPublished(there, 321);
            await().until(() -> second.contains(321L));
            assertThat(root(there, 321)).isEqualTo(LogBed.root(there.leaves()));
        } finally {
            here.store.close();
        }
    }

    @Test
    void given_nothing_new_when_a_checkpoint_is_asked_for_then_it_is_the_last_one_again() {
        try (LogBed bed = new LogBed(address, null, keys).started()) {
            assertThat(bed.checkpoints.cut(1).blockOptional(LogBed.LONG)).isEmpty();
            assertThatThrownBy(bed.log::mustBePublished)
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isIn("log-not-sealed", "unavailable"));
            bed.append(5);

            var one = bed.checkpoints.cut(1).blockOptional(LogBed.LONG).orElseThrow();
            var again = bed.checkpoints.cut(1).blockOptional(LogBed.LONG).orElseThrow();

            assertThat(one.size()).isEqualTo(5);
            assertThat(again.note()).isEqualTo(one.note());
        }
    }

    @Test
    void given_an_outlet_that_fails_when_a_checkpoint_is_published_then_the_others_have_it_and_it_is_tried_again() {
        List<Long> sent = new CopyOnWriteArrayList<>();
        List<Long> tried = new CopyOnWriteArrayList<>();
        CheckpointOutlet broken = new CheckpointOutlet() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Mono<Void> publish(SignedCheckpoint checkpoint) {
                tried.add(checkpoint.size());
                return tried.size() < 3 ? Mono.error(new IllegalStateException("down")) : Mono.empty();
            }
        };
        try (LogBed bed = new LogBed(address, null, keys, broken, outlet(sent)).started()) {
            bed.append(3);
            await().atMost(Duration.ofSeconds(60)).until(() -> tried.size() >= 3 && !sent.isEmpty());
        }
    }

    private static CheckpointOutlet outlet(List<Long> sizes) {
        return new CheckpointOutlet() {
            @Override
            public String name() {
                return "list";
            }

            @Override
            public Mono<Void> publish(SignedCheckpoint checkpoint) {
                return Mono.fromRunnable(() -> sizes.add(checkpoint.size()));
            }
        };
    }

    private static byte[] root(LogBed bed, long size) {
        return new SealedTree(1, size, bed.shelf)
                .root()
                .blockOptional(LogBed.LONG)
                .orElseThrow()
                .bytes();
    }

    private static void untilPublished(LogBed bed, long size) {
        await().atMost(Duration.ofSeconds(60)).until(() -> bed.published() == size);
    }
}
