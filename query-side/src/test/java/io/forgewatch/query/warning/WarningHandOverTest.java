package io.forgewatch.query.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.outlet.Chronicle;
import io.forgewatch.query.outlet.EventStream;
import io.forgewatch.query.outlet.Outlet;
import io.forgewatch.query.outlet.StoredEntries;
import io.forgewatch.query.outlet.Told;
import io.forgewatch.query.projection.BrokenLogException;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Histories;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.ServingView;
import io.forgewatch.query.projection.Spoken;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.web.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
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
    private final ServingView serving = new ServingView(WarningProjection.NAME);
    private Store store;
    private WarningProjection projection;
    private Chronicle<WarningView> chronicle;
    private StoredEntries<WarningView> entries;
    private Outlet<WarningView> outlet;
    private EventStream<WarningView> stream;

    @BeforeEach
    void a_stream() {
        store = new Store();
        chronicle =
                Chronicle.of(store.database(), Reads.of(store.database()), WarningProjection.STREAM, WarningView.class);
        entries = chronicle.of(GENERATION);
        projection = projection(GENERATION);
        projection.prepare().block();
        serving.reached(0);
        outlet = new Outlet<>(
                WarningProjection.NAME,
                chronicle,
                WarningView::id,
                serving.progress(),
                new StandingStreams(new SimpleMeterRegistry()));
        outlet.start();
        stream = outlet.stream();
    }

    @AfterEach
    void closed() {
        outlet.stop();
        store.close();
    }

    private WarningProjection projection(Generation generation) {
        WarningFold fold = new WarningFold();
        return new WarningProjection(
                new Documents<>(store.database(), generation.collection(), fold),
                fold,
                segments(generation),
                chronicle.of(generation));
    }

    /** As a run does: how far it is, is known when all is written. */
    private void applied(List<RecordedEvent> events) {
        projection.apply(events).block();
        serving.reached(events.getLast().position());
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
            applied(List.of(issued, signed));
            positions.add(issued.position());
            positions.add(signed.position());
        }
        return positions;
    }

    /** The positions that one hears of; he is listened for when it returns. */
    private List<Long> listening(Caller caller, String lastEventId) {
        Awaitility.await().until(() -> outlet.isOpen());
        List<Long> heard = new CopyOnWriteArrayList<>();
        Disposable reading = stream.open(caller, lastEventId)
                .block()
                .ofType(Told.News.class)
                .subscribe(news -> heard.add(news.place().position()));
        assertThat(reading.isDisposed()).isFalse();
        return heard;
    }

    @Test
    void given_a_listener_without_an_id_when_things_happen_then_he_hears_what_comes_from_now_on() {
        happens(2);
        List<Long> shandong = listening(SHANDONG, null);
        List<Long> hebei = listening(HEBEI, null);

        List<Long> now = happens(3);

        Awaitility.await().until(() -> shandong.size() == 6);
        assertThat(shandong).isEqualTo(now);
        assertThat(hebei).isEmpty();
    }

    @Test
    void given_more_than_a_page_of_past_when_things_go_on_meanwhile_then_all_come_once_in_order() {
        List<Long> all = new ArrayList<>(happens(150));
        List<Long> heard = listening(SHANDONG, "1");
        all.addAll(happens(50));

        Awaitility.await().until(() -> heard.contains(400L));
        assertThat(heard).isEqualTo(all.subList(1, 400));
    }

    @Test
    void given_events_that_come_again_when_projected_then_nobody_hears_them_twice() {
        List<Long> heard = listening(SHANDONG, null);
        RecordedEvent issued = story.warning(WORKS, 1, RiskLevel.YELLOW);
        applied(List.of(issued));
        projection.prepare().block();
        applied(List.of(issued));
        List<Long> next = happens(1);

        Awaitility.await().until(() -> heard.containsAll(next));
        assertThat(heard).containsExactly(1L, 2L, 3L);
    }

    @Test
    void given_a_crash_between_entry_and_warning_when_the_event_comes_again_then_the_entry_is_heard_once() {
        RecordedEvent issued = story.warning(WORKS, 1, RiskLevel.YELLOW);
        applied(List.of(issued));
        Mono.from(store.database().getCollection(GENERATION.collection()).drop())
                .block();
        projection.prepare().block();

        applied(List.of(issued));

        List<Long> heard = listening(SHANDONG, "0");
        List<Long> next = happens(1);
        Awaitility.await().until(() -> heard.containsAll(next));
        assertThat(heard).containsExactly(1L, 2L, 3L);
    }

    @Test
    void given_a_view_that_is_built_anew_when_somebody_listens_then_the_past_is_not_said_again() {
        RecordedEvent issued = story.warning(WORKS, 1, RiskLevel.YELLOW);
        applied(List.of(issued));
        Mono.from(store.database().getCollection(GENERATION.collection()).drop())
                .block();
        projection = projection(GENERATION);
        projection.prepare().block();
        List<Long> heard = listening(SHANDONG, null);

        applied(List.of(issued));
        List<Long> next = happens(1);

        Awaitility.await().until(() -> heard.containsAll(next));
        assertThat(heard).isEqualTo(next);
    }

    @Test
    void given_a_view_that_is_built_beside_when_it_takes_over_then_all_it_tells_is_stored_by_it_and_nothing_twice() {
        List<RecordedEvent> events = List.of(
                story.warning(WORKS, 1, RiskLevel.YELLOW),
                story.record(new WarningSigned(WORKS + "-W1", "works", story.now())),
                story.segment(WORKS, 1, RiskLevel.RED));
        applied(events.subList(0, 2));
        // Who listens from now on has heard nothing of these only once they were said.
        Awaitility.await().until(() -> outlet.isOpen() && outlet.behind() == 0);
        List<Long> heard = listening(SHANDONG, null);
        Generation beside = new Generation(WarningProjection.NAME, 1);
        WarningProjection other = projection(beside);
        other.prepare().block();

        other.apply(events).block();
        serving.takenOver(beside, Histories.ONE, 3);

        Awaitility.await().until(() -> heard.contains(3L));
        assertThat(heard).containsExactly(3L);
        List<Long> past = listening(SHANDONG, "0");
        Awaitility.await().until(() -> past.size() >= 3);
        assertThat(past).containsExactly(1L, 2L, 3L);
        assertThat(chronicle.agreement(GENERATION, beside, 3).block()).isEqualTo(new Spoken.Agreement(2, true));
    }

    @Test
    void given_entries_of_a_history_that_was_lost_under_the_same_build_when_another_one_comes_then_it_stops() {
        RecordedEvent issued = story.warning(WORKS, 1, RiskLevel.YELLOW);
        applied(List.of(issued));
        Mono.from(store.database().getCollection(GENERATION.collection()).drop())
                .block();
        projection.prepare().block();
        RecordedEvent another = new Story(story.now(), 8).warning(WORKS, 1, RiskLevel.RED);

        assertThatThrownBy(() -> projection.apply(List.of(another)).block()).isInstanceOf(BrokenLogException.class);
    }
}
