package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Broker;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What a view at work does when Kafka's topic is lost, cleared or replaced under it. */
class CopyOnKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final String ENTERPRISE = "GT3702110001";
    private static final Generation GENERATION = Generation.first(new ViewName("counts", 1));

    private static Broker broker;

    private final Counting counting = new Counting();
    private final Progress progress = new Progress();
    private Store store;
    private KafkaEventLog log;
    private SharedEventLog shared;
    private Documents<Counting.Count> documents;
    private Disposable running;

    @BeforeAll
    static void a_broker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void a_view_at_work() {
        store = new Store();
        log = new KafkaEventLog(broker.bootstrap(), Broker.EVENTS);
        shared = new SharedEventLog(new KafkaEventLog(broker.bootstrap(), Broker.EVENTS));
        documents = new Documents<>(store.database(), GENERATION.collection(), counting);
        progress.serve(Served.first(GENERATION));
        running = new ProjectionRun(
                        GENERATION,
                        new FoldedProjection<>(documents, counting, List.of()),
                        shared,
                        Instance.claimed(store.database(), GENERATION),
                        progress,
                        Instance.forEver())
                .run()
                .subscribe(done -> {}, stopped -> {});
    }

    @AfterEach
    void closed() throws Exception {
        running.dispose();
        log.close();
        shared.close();
        store.close();
        broker.loseEvents();
    }

    /** The positions that a reading tells of. */
    private static List<Long> told(Flux<List<LoggedEvent>> reading, Consumer<Throwable> failed) {
        List<Long> positions = new CopyOnWriteArrayList<>();
        var unused = reading.subscribe(batch -> batch.forEach(event -> positions.add(event.position())), failed);
        return positions;
    }

    private static List<RecordedEvent> happened(long history, int events) {
        Story story = new Story(START, history);
        return IntStream.range(0, events)
                .mapToObj(i -> story.risk(ENTERPRISE, RiskLevel.BLUE, i, "none"))
                .toList();
    }

    private void awaitPosition(long position) {
        Awaitility.await("position " + position).atMost(PATIENCE).until(() -> progress.reached() == position);
    }

    private String awaitStopped() {
        Awaitility.await("stopped")
                .atMost(PATIENCE)
                .until(() -> progress.whyStopped(GENERATION).isPresent());
        return progress.whyStopped(GENERATION).orElseThrow();
    }

    private void assertCounted(long last) {
        assertThat(documents.find(ENTERPRISE).block().positions())
                .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
    }

    /** @param linked whether each names the one before it */
    private static void relay(boolean linked, List<RecordedEvent> all, int from, int to) throws Exception {
        List<RecordedEvent> events = all.subList(from, to);
        if (linked) {
            broker.relayLinked(from == 0 ? null : all.get(from - 1), events);
        } else {
            broker.relay(events);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_topic_that_is_lost_and_written_again_when_more_happens_then_the_view_goes_on_without_a_gap(
            boolean linked) throws Exception {
        List<RecordedEvent> events = happened(7, 12);
        relay(linked, events, 0, 7);
        awaitPosition(7);

        broker.loseEvents();
        relay(linked, events, 0, 9);
        awaitPosition(9);
        relay(linked, events, 9, 12);
        awaitPosition(12);

        assertCounted(12);
        assertThat(progress.whyStopped(GENERATION)).isEmpty();
    }

    @Test
    void given_a_topic_that_is_lost_with_a_record_twice_when_it_is_written_again_then_the_view_goes_on_without_a_gap()
            throws Exception {
        List<RecordedEvent> events = happened(7, 12);
        List<RecordedEvent> doubled = new ArrayList<>(events.subList(0, 7));
        doubled.add(3, events.get(2));
        broker.relay(doubled);
        awaitPosition(7);

        broker.loseEvents();
        broker.relay(events);
        awaitPosition(12);

        assertCounted(12);
        assertThat(progress.whyStopped(GENERATION)).isEmpty();
    }

    @Test
    void given_a_topic_that_is_cleared_when_the_same_is_written_anew_then_the_view_stops() throws Exception {
        List<RecordedEvent> events = happened(7, 9);
        broker.relay(events.subList(0, 7));
        awaitPosition(7);

        broker.clearEvents();
        broker.relay(events);

        assertThat(awaitStopped()).contains("written anew from offset 7", "Rebuild counts");
        assertCounted(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_topic_that_is_lost_when_another_history_is_written_then_the_view_stops_and_takes_nothing_of_it(
            boolean linked) throws Exception {
        relay(linked, happened(7, 7), 0, 7);
        awaitPosition(7);

        broker.loseEvents();
        relay(linked, happened(8, 9), 0, 9);

        assertThat(awaitStopped()).contains("Position 7 was event", "Rebuild counts");
        assertCounted(7);
    }

    @Test
    void
            given_linked_records_of_which_some_are_there_twice_when_the_topic_is_lost_and_written_again_then_the_view_goes_on()
                    throws Exception {
        List<RecordedEvent> events = happened(7, 20);
        broker.relayLinked(null, events.subList(0, 7));
        broker.relayLinked(events.get(1), events.subList(2, 7));
        awaitPosition(7);
        broker.relayLinked(events.get(6), events.subList(7, 8));
        awaitPosition(8);

        broker.loseEvents();
        broker.relayLinked(null, events.subList(0, 9));
        awaitPosition(9);
        broker.relayLinked(events.get(8), events.subList(9, 20));
        awaitPosition(20);

        assertCounted(20);
        assertThat(progress.whyStopped(GENERATION)).isEmpty();
    }

    @Test
    void given_a_record_without_a_value_when_it_comes_then_it_is_parked_and_the_next_is_taken() throws Exception {
        List<RecordedEvent> events = happened(7, 4);
        broker.relay(events.subList(0, 2));
        broker.relay(3, ENTERPRISE, null);
        broker.relay(events.subList(3, 4));
        awaitPosition(4);
    }

    @Test
    void given_a_record_that_nobody_can_read_when_one_behind_another_event_comes_then_the_view_stops_before_it()
            throws Exception {
        List<RecordedEvent> events = happened(7, 9);
        broker.relayLinked(null, events.subList(0, 6));
        broker.relayUnreadable(events.get(5), events.get(6));
        broker.relayLinked(events.get(6), events.subList(7, 8));
        awaitPosition(8);
        broker.relayUnreadable(events.get(7), events.get(8));
        awaitPosition(9);

        List<RecordedEvent> others = happened(8, 10);
        broker.relayLinked(others.get(8), others.subList(9, 10));

        assertThat(awaitStopped())
                .contains("Position 9 was event " + events.get(8).id(), "Rebuild counts");
    }

    @Test
    void given_a_record_behind_another_event_than_the_last_when_it_comes_alone_then_the_view_stops_before_it()
            throws Exception {
        broker.relayLinked(null, happened(7, 7));
        awaitPosition(7);

        List<RecordedEvent> others = happened(8, 8);
        broker.relayLinked(others.get(6), others.subList(7, 8));

        assertThat(awaitStopped()).contains("Position 7 was event", "offset 7", "Rebuild counts");
        assertCounted(7);
    }

    @Test
    void given_a_reading_when_its_topic_is_lost_and_another_one_is_written_then_it_fails_and_tells_nothing_of_that()
            throws Exception {
        broker.relay(happened(7, 7));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Long> positions = told(log.from(0), failure::set);
        Awaitility.await().atMost(PATIENCE).until(() -> positions.contains(7L));

        broker.loseEvents();
        broker.relay(happened(8, 9));
        Awaitility.await().atMost(PATIENCE).until(() -> failure.get() != null);

        assertThat(failure.get()).hasMessageContaining("deleted and made again");
        assertThat(positions).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void given_no_topic_yet_when_it_is_made_and_written_then_who_waited_for_it_reads_it() throws Exception {
        broker.deleteEvents();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Long> positions = told(log.from(0), failure::set);
        // What asks for the end gives up after a while; who reads was there before it.
        assertThatThrownBy(() -> log.end().block(PATIENCE)).isNotInstanceOf(IllegalStateException.class);

        broker.makeEvents();
        broker.relay(happened(7, 3));
        Awaitility.await().atMost(PATIENCE).until(() -> positions.contains(3L));

        assertThat(positions).containsExactly(1L, 2L, 3L);
        assertThat(failure.get()).isNull();
    }
}
