package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Rooms;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.outlet.EventStream;
import io.forgewatch.query.outlet.Outlet;
import io.forgewatch.query.outlet.Told;
import io.forgewatch.web.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/**
 * The store was restored to an earlier state, and other events take the positions of those that were lost: two instances with the
 * warnings as they are wired, and people who listen to them.
 */
class LostHistoryTest {

    private static final ViewName WARNINGS = new ViewName("warnings", 5);
    private static final String WORKS = "GT3702110001";
    private static final String LATER = "GT3702110002";
    private static final Caller NATION = new Caller("ministry", Role.MINISTRY, new Jurisdiction.Nation(), Instant.MAX);
    private static final int COMMON = 5;

    private final Topic topic = new Topic();
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private final List<RecordedEvent> lost = new ArrayList<>();
    private final List<RecordedEvent> now = new ArrayList<>();
    private final List<Side> sides = new ArrayList<>();
    private Store database;

    /** One instance with its views' outlet. */
    private final class Side implements AutoCloseable {
        final Progress progress = new Progress();
        final Rooms rooms = new Rooms(database.database(), progress);
        final Instance instance = new Instance(
                "side-" + sides.size(),
                progress,
                ProjectionStore.of(database.database()),
                topic,
                Duration.ofSeconds(3),
                rooms.views().stream()
                        .filter(view -> view.name().name().equals(WARNINGS.name()))
                        .toArray(ViewDefinition[]::new));

        List<String> listening(String lastEventId) {
            // What it has not said yet when somebody comes is news to him.
            Outlet<?> outlet = rooms.one(Outlet.class);
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> outlet.isOpen() && outlet.behind() == 0);
            List<String> heard = new CopyOnWriteArrayList<>();
            EventStream<?> stream = rooms.one(EventStream.class);
            var unused = stream.open(NATION, lastEventId)
                    .block()
                    .ofType(Told.News.class)
                    .subscribe(news -> heard.add(news.place().wire()));
            return heard;
        }

        boolean showsTheLost() {
            return progress.showsTheLost(WARNINGS);
        }

        @Override
        public void close() {
            instance.close();
            rooms.close();
        }
    }

    @BeforeEach
    void a_history_whose_end_is_lost() {
        database = new Store();
        lost.add(story.enterprise(WORKS));
        lost.add(story.enterprise(LATER));
        lost.add(story.warning(WORKS, 1, RiskLevel.YELLOW));
        lost.add(story.segment(WORKS, 1, RiskLevel.ORANGE));
        lost.add(story.risk(WORKS, RiskLevel.ORANGE, 50, "a"));
        now.addAll(lost);
        Story other = story.forkedAt(COMMON, 8);
        for (int i = 2; i < 6; i++) {
            lost.add(story.segment(WORKS, 1, i % 2 == 0 ? RiskLevel.RED : RiskLevel.YELLOW));
        }
        other.pass(60);
        now.add(other.warning(LATER, 1, RiskLevel.RED));
        now.add(other.segment(LATER, 1, RiskLevel.YELLOW));
        lost.forEach(topic::relay);
        sides.add(new Side());
        sides.add(new Side());
    }

    @AfterEach
    void closed() {
        sides.forEach(Side::close);
        database.close();
    }

    private void assertThatAllIsOfTheHistoryOfNow(Side side, List<String> listening, List<String> fromTheBeginning) {
        Awaitility.await()
                .atMost(Instance.PATIENCE)
                .untilAsserted(() -> assertThat(listening).containsExactly("2-6", "2-7"));
        Awaitility.await()
                .atMost(Instance.PATIENCE)
                .untilAsserted(
                        () -> assertThat(fromTheBeginning).containsExactly("3", "4", "6", "7", "8", "9", "2-6", "2-7"));
        Stream.of("9", "6", "5", "4").forEach(last -> heard(side.listening(last), "2-6", "2-7"));
        heard(side.listening("3"), "2-4", "2-6", "2-7");
        heard(side.listening("2-6"), "2-7");
        heard(side.listening("0"), "2-3", "2-4", "2-6", "2-7");
    }

    private static void heard(List<String> what, String... ids) {
        Awaitility.await()
                .atMost(Instance.PATIENCE)
                .untilAsserted(() -> assertThat(what).containsExactly(ids));
    }

    @Test
    void given_a_copy_written_anew_from_an_earlier_state_when_rebuilt_then_none_of_the_new_events_is_mute() {
        sides.forEach(side -> side.instance.awaitPosition(9));
        List<List<String>> listening =
                sides.stream().map(side -> side.listening(null)).toList();
        List<List<String>> all = sides.stream().map(side -> side.listening("0")).toList();
        all.forEach(one -> heard(one, "3", "4", "6", "7", "8", "9"));

        topic.clear();
        now.forEach(topic::relay);
        sides.forEach(side -> Awaitility.await().atMost(Instance.PATIENCE).until(side::showsTheLost));
        sides.forEach(side -> assertThat(side.progress.isAt(WARNINGS, 6)).isFalse());
        // That the topic has not the place is seen by everybody, that it was written anew only by who tries to fold.
        sides.forEach(side -> Awaitility.await()
                .atMost(Instance.PATIENCE)
                .untilAsserted(
                        () -> assertThat(side.instance.report().stopped()).contains("lost")));
        listening.forEach(one -> assertThat(one).isEmpty());

        sides.getFirst().instance.projections.rebuild(WARNINGS.name()).block();
        sides.forEach(side -> side.instance.awaitBuild(1).awaitPosition(7));

        for (int i = 0; i < sides.size(); i++) {
            assertThatAllIsOfTheHistoryOfNow(sides.get(i), listening.get(i), all.get(i));
            assertThat(sides.get(i).progress.isAt(WARNINGS, 7)).isTrue();
            assertThat(sides.get(i).progress.isAt(WARNINGS, 8)).isFalse();
        }
        assertStored(now, new Generation(WARNINGS, 1));
        sides.getFirst().instance.projections.rebuild(WARNINGS.name()).block();
        sides.forEach(side -> side.instance.awaitBuild(2));
        heard(sides.getFirst().listening("2-6"), "2-7");
    }

    @Test
    void given_topic_and_store_of_an_earlier_state_when_rebuilt_then_what_was_ahead_does_not_stand_in_the_way() {
        sides.forEach(side -> side.instance.awaitPosition(9));
        List<List<String>> listening =
                sides.stream().map(side -> side.listening(null)).toList();
        List<List<String>> all = sides.stream().map(side -> side.listening("0")).toList();
        all.forEach(one -> heard(one, "3", "4", "6", "7", "8", "9"));

        topic.lose();
        now.forEach(topic::relay);
        sides.forEach(side -> Awaitility.await().atMost(Instance.PATIENCE).until(side::showsTheLost));
        sides.forEach(side -> assertThat(side.progress.isAt(WARNINGS, 7)).isFalse());
        sides.forEach(side -> assertThat(side.instance.report().trouble()).contains("lost"));
        sides.forEach(side -> assertThat(side.instance.report().stopped()).isNull());
        listening.forEach(one -> assertThat(one).isEmpty());
        sides.getFirst().instance.projections.rebuild(WARNINGS.name()).block();
        sides.forEach(side -> side.instance.awaitBuild(1).awaitPosition(7));

        for (int i = 0; i < sides.size(); i++) {
            assertThatAllIsOfTheHistoryOfNow(sides.get(i), listening.get(i), all.get(i));
        }
        assertStored(now, new Generation(WARNINGS, 1));
    }

    @Test
    void given_a_topic_that_was_lost_when_the_same_is_written_again_then_views_are_old_until_it_reaches_to_them() {
        sides.forEach(side -> side.instance.awaitPosition(9));
        List<String> listening = sides.getFirst().listening(null);

        topic.lose();
        lost.subList(0, 6).forEach(topic::relay);
        sides.forEach(side -> Awaitility.await().atMost(Instance.PATIENCE).until(side::showsTheLost));
        lost.subList(6, lost.size()).forEach(topic::relay);
        topic.relay(story.segment(WORKS, 1, RiskLevel.BLUE));

        sides.forEach(
                side -> Awaitility.await().atMost(Instance.PATIENCE).until(() -> side.progress.isAt(WARNINGS, 10)));
        heard(listening, "10");
        assertThat(sides.getFirst().instance.report().trouble()).isNull();
    }

    @Test
    void given_the_same_history_when_rebuilt_and_restarted_then_ids_stay_and_nobody_hears_anything_again() {
        sides.forEach(side -> side.instance.awaitPosition(9));
        List<List<String>> listening =
                sides.stream().map(side -> side.listening(null)).toList();

        sides.getFirst().instance.projections.rebuild(WARNINGS.name()).block();
        sides.forEach(side -> side.instance.awaitBuild(1));
        sides.removeLast().close();
        sides.add(new Side());
        sides.forEach(side -> side.instance.awaitBuild(1).awaitPosition(9));
        topic.relay(story.segment(WORKS, 1, RiskLevel.BLUE));

        heard(listening.getFirst(), "10");
        heard(sides.getLast().listening("7"), "8", "9", "10");
        assertThat(sides.getLast().progress.served(WARNINGS).orElseThrow().histories())
                .isEqualTo(Histories.ONE);
    }

    /** Of this generation there is what the events make, and nothing of any other is left. */
    private void assertStored(List<RecordedEvent> events, Generation generation) {
        try (Store alone = new Store();
                Rooms rooms = new Rooms(alone.database(), new Progress())) {
            Projection projection = rooms.views().stream()
                    .filter(view -> view.name().equals(WARNINGS))
                    .findFirst()
                    .orElseThrow()
                    .projection()
                    .apply(generation);
            projection.prepare().block();
            events.forEach(event -> projection.apply(List.of(event)).block());
            for (String kind : List.of("warnings", "warning_segments", "warnings_told")) {
                assertThat(stored(database, generation.collection(kind)))
                        .isEqualTo(stored(alone, generation.collection(kind)));
            }
        }
        Awaitility.await()
                .atMost(Instance.PATIENCE)
                .untilAsserted(
                        () -> assertThat(stored(database, "warnings_told_v5")).isEmpty());
    }

    private static List<String> stored(Store store, String collection) {
        return Flux.from(store.database().getCollection(collection).find())
                .map(document -> new Document(new TreeMap<>(document)).toJson())
                .sort()
                .collectList()
                .block();
    }
}
