package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class SharedEventLogTest {

    private static final int KEPT = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Topic topic = new Topic();
    private final Counted counted = new Counted(topic);
    private final SharedEventLog log = new SharedEventLog(counted, KEPT, Schedulers.boundedElastic());
    private final Disposable.Composite readers = Disposables.composite();

    /** Tells how many read it themselves. */
    private record Counted(Topic topic, AtomicInteger readers) implements EventLog {

        Counted(Topic topic) {
            this(topic, new AtomicInteger());
        }

        @Override
        public Flux<List<LoggedEvent>> from(long offset) {
            return Flux.using(
                    readers::incrementAndGet, reader -> topic.from(offset), reader -> readers.decrementAndGet());
        }

        @Override
        public Mono<Long> end() {
            return topic.end();
        }

        @Override
        public Mono<Long> begin() {
            return topic.begin();
        }
    }

    private final class Reader {

        private final List<Long> read = new CopyOnWriteArrayList<>();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        /** Whether it takes what comes. */
        private volatile boolean slow;

        Reader(long offset) {
            readers.add(log.from(offset)
                    .concatMap(
                            batch -> Flux.interval(Duration.ZERO, Duration.ofMillis(1))
                                    .onBackpressureDrop()
                                    .filter(tick -> !slow)
                                    .next()
                                    .thenReturn(batch),
                            1)
                    .subscribe(batch -> batch.forEach(record -> read.add(record.position())), failure::set));
        }

        void has(long from, long upTo) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(read)
                            .containsExactlyElementsOf(
                                    LongStream.rangeClosed(from, upTo).boxed().toList()));
        }
    }

    @AfterEach
    void close() throws Exception {
        readers.dispose();
        log.close();
        Awaitility.await().atMost(PATIENCE).until(() -> counted.readers.get() == 0);
    }

    private void relay(long from, long upTo) {
        LongStream.rangeClosed(from, upTo).forEach(position -> relay(position, "event " + position));
    }

    private void relay(long position, String envelope) {
        topic.relay(position, "GT3702110001", envelope.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitShared() {
        Awaitility.await().atMost(PATIENCE).until(() -> counted.readers.get() == 1);
    }

    @Test
    void given_readers_at_any_place_when_they_are_at_the_end_then_one_reads_for_all_and_each_has_every_record_once() {
        relay(1, 30);
        List<Reader> all = Stream.of(0L, 7L, 29L).map(Reader::new).toList();
        all.get(0).has(1, 30);
        relay(31, 31);
        awaitShared();
        relay(32, 50);
        all.get(0).has(1, 50);
        all.get(1).has(8, 50);
        all.get(2).has(30, 50);
        assertThat(counted.readers).hasValue(1);
    }

    @Test
    void given_no_record_at_all_when_some_come_then_each_reader_has_them_and_one_reads_for_all() {
        List<Reader> all = Stream.of(0L, 0L).map(Reader::new).toList();
        relay(1, 3);
        all.forEach(reader -> reader.has(1, 3));
        relay(4, 5);
        awaitShared();
        relay(6, 9);
        all.forEach(reader -> reader.has(1, 9));
    }

    @Test
    void given_a_slow_reader_when_more_comes_than_is_kept_then_it_misses_nothing_and_holds_up_nobody() {
        relay(1, 1);
        Reader slow = new Reader(0);
        Reader quick = new Reader(0);
        quick.has(1, 1);
        slow.has(1, 1);
        relay(2, 2);
        awaitShared();
        slow.slow = true;
        relay(3, 10 * KEPT);
        quick.has(1, 10 * KEPT);
        slow.slow = false;
        slow.has(1, 10 * KEPT);
        relay(10 * KEPT + 1, 10 * KEPT + 1);
        awaitShared();
        relay(10 * KEPT + 2, 10 * KEPT + 3);
        slow.has(1, 10 * KEPT + 3);
        quick.has(1, 10 * KEPT + 3);
    }

    @Test
    void given_a_topic_that_is_made_again_when_it_is_read_then_every_reader_is_told_and_new_ones_share_again() {
        relay(1, 5);
        List<Reader> all = Stream.of(0L, 2L).map(Reader::new).toList();
        all.get(1).has(3, 5);
        relay(6, 6);
        awaitShared();
        topic.lose();
        all.forEach(reader -> Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reader.failure.get()).hasMessageContaining("deleted and made again")));
        relay(1, 4);
        Reader anew = new Reader(0);
        anew.has(1, 4);
        relay(5, 6);
        anew.has(1, 6);
        relay(7, 7);
        awaitShared();
    }

    @Test
    void given_another_record_at_a_readers_place_when_he_comes_by_it_then_he_does_not_join_those_who_read_that() {
        RecentRecords recent = new RecentRecords(KEPT, 1_000);
        LoggedEvent kept = record(4, 5, "this one");
        recent.add(List.of(kept));
        assertThat(recent.has(record(4, 5, "this one"))).isTrue();
        assertThat(recent.has(record(4, 5, "another"))).isFalse();
        assertThat(recent.has(record(4, 6, "this one"))).isFalse();
        assertThat(recent.has(record(5, 5, "this one"))).isFalse();
        recent.end(new IllegalStateException("over"));
        assertThat(recent.has(kept)).isFalse();
    }

    @Test
    void given_records_when_offsets_go_back_then_the_reading_fails_and_so_do_its_followers() {
        RecentRecords recent = new RecentRecords(KEPT, 1_000);
        recent.add(List.of(record(8, 5, "five")));
        assertThatThrownBy(() -> recent.add(List.of(record(0, 1, "one"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("made again");
    }

    @Test
    void given_a_reader_ahead_of_what_is_kept_when_much_comes_before_his_place_then_he_waits_for_his() {
        RecentRecords recent = new RecentRecords(KEPT, 1_000_000);
        List<Long> read = new CopyOnWriteArrayList<>();
        readers.add(recent.from(20_000).subscribe(batch -> batch.forEach(one -> read.add(one.offset()))));
        LongStream.range(0, 20_002).forEach(offset -> recent.add(List.of(record(offset, offset + 1, "any"))));
        assertThat(read).containsExactly(20_000L, 20_001L);
    }

    @Test
    void given_large_records_when_they_are_kept_then_only_as_many_as_have_room() {
        RecentRecords recent = new RecentRecords(KEPT, 20);
        recent.add(List.of(record(0, 1, "twelve bytes"), record(1, 2, "twelve bytes")));
        assertThat(recent.has(record(0, 1, "twelve bytes"))).isFalse();
        assertThat(recent.from(0).collectList().block(PATIENCE)).isEmpty();
        assertThat(recent.from(1).next().block(PATIENCE)).hasSize(1);
    }

    private static LoggedEvent record(long offset, long position, String envelope) {
        return new LoggedEvent(offset, position, null, null, null, envelope.getBytes(StandardCharsets.UTF_8));
    }
}
