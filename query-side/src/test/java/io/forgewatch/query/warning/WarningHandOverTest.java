package io.forgewatch.query.warning;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.web.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** From what is stored to what happens now, without a gap and without a repeat. */
class WarningHandOverTest {

    private static final String WORKS = "GT3702110001";
    private static final Caller SHANDONG =
            new Caller("province", Role.PROVINCE, new Jurisdiction.Region("37"), Instant.MAX);
    private static final Caller HEBEI =
            new Caller("province", Role.PROVINCE, new Jurisdiction.Region("13"), Instant.MAX);

    private static final Generation GENERATION = Generation.first(WarningProjection.NAME);

    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private final WarningLive live = new WarningLive();
    private Store store;
    private WarningProjection projection;
    private WarningStream stream;

    @BeforeEach
    void a_stream() {
        store = new Store();
        WarningPast past = new WarningPast(store.database());
        projection = projection(past);
        projection.prepare().block();
        stream = new WarningStream(past, live, new Progress());
        live.start();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private WarningProjection projection(WarningPast past) {
        WarningFold fold = new WarningFold();
        return new WarningProjection(
                new Documents<>(store.database(), GENERATION.collection(), fold),
                fold,
                segments(GENERATION),
                past,
                live,
                GENERATION.told());
    }

    private Documents<SegmentFold.Kept> segments(Generation generation) {
        return new Documents<>(store.database(), generation.collection(WarningProjection.SEGMENTS), new SegmentFold());
    }

    @Test
    void given_the_segments_of_a_warning_when_applied_and_applied_again_then_each_has_a_document_of_its_own() {
        List<RecordedEvent> events = new ArrayList<>();
        events.add(story.warning(WORKS, 1, RiskLevel.YELLOW));
        for (int i = 0; i < 20; i++) {
            story.pass(1);
            events.add(story.segment(WORKS, 1, i % 2 == 0 ? RiskLevel.RED : RiskLevel.YELLOW));
        }

        projection.apply(events).block();
        projection.prepare().block();
        projection.apply(events.subList(7, 21)).block();

        List<Segment> kept = segments(GENERATION)
                .held()
                .map(held -> held.content().segment())
                .collectList()
                .block();
        assertThat(kept).hasSize(21).extracting(Segment::from).doesNotHaveDuplicates();
    }

    private List<Long> happens(int warnings) {
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < warnings; i++) {
            int number = (int) story.position() + 1;
            RecordedEvent issued = story.warning(WORKS, number, RiskLevel.YELLOW);
            RecordedEvent signed = story.record(new WarningSigned(WORKS + "-W" + number, "works", story.now()));
            projection.apply(List.of(issued, signed)).block();
            positions.add(issued.position());
            positions.add(signed.position());
        }
        return positions;
    }

    private static List<Long> listening(Flux<StreamEntry> entries) {
        List<Long> heard = new CopyOnWriteArrayList<>();
        Disposable reading = entries.subscribe(entry -> heard.add(entry.position()));
        assertThat(reading.isDisposed()).isFalse();
        return heard;
    }

    @Test
    void given_a_listener_without_an_id_when_things_happen_then_he_hears_what_comes_from_now_on() {
        happens(2);
        List<Long> shandong = listening(stream.open(SHANDONG, null).block());
        List<Long> hebei = listening(stream.open(HEBEI, null).block());

        List<Long> now = happens(3);

        Awaitility.await().until(() -> shandong.size() == 6);
        assertThat(shandong).isEqualTo(now);
        assertThat(hebei).isEmpty();
    }

    @Test
    void given_more_than_a_page_of_past_when_things_go_on_meanwhile_then_all_come_once_in_order() {
        List<Long> all = new ArrayList<>(happens(150));
        List<Long> heard = listening(stream.open(SHANDONG, "1").block());
        all.addAll(happens(50));

        Awaitility.await().until(() -> heard.contains(400L));
        assertThat(heard).isEqualTo(all.subList(1, 400));
    }

    @Test
    void given_events_that_come_again_when_projected_then_nobody_hears_them_twice() {
        List<Long> heard = listening(stream.open(SHANDONG, null).block());
        RecordedEvent issued = story.warning(WORKS, 1, RiskLevel.YELLOW);
        projection.apply(List.of(issued)).block();
        projection.prepare().block();
        projection.apply(List.of(issued)).block();
        List<Long> next = happens(1);

        Awaitility.await().until(() -> heard.containsAll(next));
        assertThat(heard).containsExactly(1L, 2L, 3L);
    }

    @Test
    void given_a_crash_between_entry_and_warning_when_the_event_comes_again_then_the_entry_is_heard_once() {
        RecordedEvent issued = story.warning(WORKS, 1, RiskLevel.YELLOW);
        projection.apply(List.of(issued)).block();
        Mono.from(store.database().getCollection(GENERATION.collection()).drop())
                .block();
        projection.prepare().block();

        projection.apply(List.of(issued)).block();

        List<Long> heard = listening(stream.open(SHANDONG, "0").block());
        List<Long> next = happens(1);
        Awaitility.await().until(() -> heard.containsAll(next));
        assertThat(heard).containsExactly(1L, 2L, 3L);
    }

    @Test
    void given_a_view_that_is_built_anew_when_somebody_listens_then_the_past_is_not_said_again() {
        RecordedEvent issued = story.warning(WORKS, 1, RiskLevel.YELLOW);
        projection.apply(List.of(issued)).block();
        Mono.from(store.database().getCollection(GENERATION.collection()).drop())
                .block();
        projection = projection(new WarningPast(store.database()));
        projection.prepare().block();
        List<Long> heard = listening(stream.open(SHANDONG, null).block());

        projection.apply(List.of(issued)).block();
        List<Long> next = happens(1);

        Awaitility.await().until(() -> heard.containsAll(next));
        assertThat(heard).isEqualTo(next);
    }

    @Test
    void given_a_view_that_is_built_beside_when_both_say_the_same_then_it_is_stored_and_heard_once() {
        List<RecordedEvent> events = List.of(
                story.warning(WORKS, 1, RiskLevel.YELLOW),
                story.record(new WarningSigned(WORKS + "-W1", "works", story.now())),
                story.segment(WORKS, 1, RiskLevel.RED));
        projection.apply(events.subList(0, 2)).block();
        List<Long> heard = listening(stream.open(SHANDONG, null).block());
        WarningFold fold = new WarningFold();
        Generation beside = new Generation(WarningProjection.NAME, 1, 2);
        WarningPast past = new WarningPast(store.database());
        WarningProjection other = new WarningProjection(
                new Documents<>(store.database(), beside.collection(), fold),
                fold,
                segments(beside),
                past,
                live,
                beside.told());
        other.prepare().block();
        Mono.from(store.database().getCollection(WarningPast.COLLECTION).deleteOne(new Document("_id", 2L)))
                .block();

        other.apply(events).block();
        projection.apply(events.subList(2, 3)).block();

        assertThat(heard).containsExactly(3L);
        assertThat(past.after(0, new Jurisdiction.Nation())
                        .map(StreamEntry::position)
                        .collectList()
                        .block())
                .containsExactly(1L, 3L);
    }

    @Test
    void given_one_who_does_not_read_when_more_happens_than_is_kept_for_him_then_he_is_let_go() {
        AtomicReference<Throwable> end = new AtomicReference<>();
        stream.open(SHANDONG, null).block().subscribe(new BaseSubscriber<StreamEntry>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnError(Throwable failure) {
                end.set(failure);
            }

            @Override
            protected void hookOnNext(StreamEntry entry) {
                if (entry.position() > 1) {
                    request(Long.MAX_VALUE);
                }
            }
        });

        List<StreamEntry> many = new ArrayList<>();
        happens(1);
        StreamEntry one = new WarningPast(store.database())
                .after(0, new Jurisdiction.Nation())
                .blockFirst();
        for (long position = 10; position < 1000; position++) {
            many.add(new StreamEntry(position, one.warning()));
        }
        live.publish(many);
        List<Long> others = listening(stream.open(SHANDONG, null).block());
        live.publish(List.of(new StreamEntry(1001, one.warning())));

        assertThat(others).containsExactly(1001L);
        assertThat(end.get()).isNull();
    }
}
