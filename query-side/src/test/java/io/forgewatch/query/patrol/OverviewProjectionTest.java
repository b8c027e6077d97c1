package io.forgewatch.query.patrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Anything;
import io.forgewatch.query.given.Interleaving;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.web.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class OverviewProjectionTest {

    private static final List<String> WORKS = Anything.WORKS;

    private static final Generation GENERATION = Generation.first(OverviewProjection.NAME);
    private static final String ENTERPRISES = GENERATION.collection(OverviewProjection.ENTERPRISES);

    private Store store;

    @BeforeEach
    void a_store() {
        store = new Store();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private Documents<Tally> scopes() {
        return new Documents<>(store.database(), GENERATION.collection(), new TallyShape());
    }

    private OverviewProjection started() {
        OverviewProjection projection = new OverviewProjection(
                scopes(), new Documents<>(store.database(), ENTERPRISES, new EnterpriseTallyFold()));
        projection.prepare().block();
        return projection;
    }

    @Test
    void given_alarms_that_end_are_late_or_of_no_device_when_counted_then_open_ones_are_those_a_list_shows() {
        Story story = new Story(Instant.parse("2026-11-24T15:59:00Z"));
        String works = WORKS.getFirst();
        List<RecordedEvent> events = new ArrayList<>(List.of(story.enterprise(works), story.deviceOf(works)));
        events.addAll(Anything.thatCountForNothing(story, works));
        String first = story.alarmId(works);
        events.add(story.alarm(works));
        story.pass(60);
        events.add(story.alarm(works));
        events.add(story.record(new AlarmEnded(first, EndReason.SENSOR_FAULT, "wang", story.now())));

        Tally tally = recounted(events).get("enterprise:" + works);

        assertThat(tally.openAlarms()).isEqualTo(1);
        assertThat(tally.alarmsByDay().values()).hasSize(2).allMatch(count -> count == 1);
    }

    /** What the counters must be, counted the slow way. */
    private static Map<String, Tally> recounted(List<RecordedEvent> events) {
        EnterpriseTallyFold fold = new EnterpriseTallyFold();
        Map<String, EnterpriseTally> works = new HashMap<>();
        for (RecordedEvent event : events) {
            fold.ids(event.event()).forEach(id -> works.put(id, fold.after(works.get(id), id, event)));
        }
        Map<String, Tally> scopes = new HashMap<>();
        works.forEach(
                (id, tally) -> Region.scopes(id).forEach(scope -> scopes.merge(scope, tally.tally(), Tally::plus)));
        return scopes;
    }

    private Map<String, Tally> kept() {
        return scopes().held().collectMap(Held::id, Held::content).block();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void given_batches_cut_and_repeated_anyhow_when_projected_then_every_jurisdiction_counts_right(long seed) {
        List<RecordedEvent> events = Anything.happens(seed, 200);
        Random random = new Random(seed);
        OverviewProjection projection = started();
        int applied = 0;
        while (applied < events.size()) {
            int from = Math.max(0, applied - random.nextInt(20));
            int to = Math.min(events.size(), applied + 1 + random.nextInt(30));
            projection.apply(events.subList(from, to)).block();
            applied = to;
            if (random.nextInt(4) == 0) {
                projection = started();
            }
        }

        assertThat(kept()).isEqualTo(recounted(events));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void given_two_instances_interleaved_anyhow_when_projected_then_every_jurisdiction_counts_right(long seed) {
        List<RecordedEvent> events = Anything.happens(seed, 200);

        Interleaving.of(events, seed, this::started);

        assertThat(kept()).isEqualTo(recounted(events));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void given_jurisdictions_that_cannot_be_read_when_started_then_each_is_added_up_anew_and_all_count_on(long seed) {
        List<RecordedEvent> events = Anything.happens(seed, 200);
        started().apply(events.subList(0, 100)).block();
        List<String> scopes = Region.scopes(WORKS.getFirst());
        damage(scopes.getFirst(), new Document("$set", new Document("content", "no object")));
        damage(scopes.get(1), new Document("$unset", new Document("position", "")));
        OverviewProjection projection = new OverviewProjection(
                scopes(), new Documents<>(store.database(), ENTERPRISES, new EnterpriseTallyFold()));

        projection.prepare(events.get(99).position()).block();

        assertThat(kept()).isEqualTo(recounted(events.subList(0, 100)));
        projection.apply(events.subList(80, 200)).block();
        assertThat(kept()).isEqualTo(recounted(events));
    }

    private void damage(String scope, Document change) {
        Mono.from(store.database().getCollection(GENERATION.collection()).updateOne(new Document("_id", scope), change))
                .block();
    }

    @Test
    void given_a_crash_after_the_jurisdictions_were_written_when_repeated_then_nothing_is_counted_twice() {
        List<RecordedEvent> events = Anything.happens(7, 100);
        started().apply(events.subList(0, 50)).block();
        List<Map<String, Object>> before = enterprises();
        started().apply(events.subList(50, 100)).block();
        // As if the writes of the enterprises had been lost with the process.
        Mono.from(store.database().getCollection(ENTERPRISES).drop()).block();
        for (Map<String, Object> document : before) {
            Mono.from(store.database().getCollection(ENTERPRISES).insertOne(new org.bson.Document(document)))
                    .block();
        }

        started().apply(events.subList(50, 100)).block();

        assertThat(kept()).isEqualTo(recounted(events));
    }

    @Test
    void given_any_events_when_each_jurisdiction_is_counted_anew_then_it_is_what_is_kept() {
        List<RecordedEvent> events = Anything.happens(11, 150);
        started().apply(events).block();
        List<org.bson.Document> stored = reactor.core.publisher.Flux.from(
                        store.database().getCollection(GENERATION.collection()).find())
                .collectList()
                .block();

        for (org.bson.Document document : stored) {
            TallyRecount recount = new TallyRecount(document.getString("_id"));
            events.stream()
                    .filter(event -> recount.mayConcern(event.event().enterpriseId()))
                    .forEach(recount::take);
            assertThat(recount.expected().toJson()).isEqualTo(document.toJson());
        }
        assertThat(stored).hasSize(13);
    }

    private List<Map<String, Object>> enterprises() {
        return reactor.core.publisher.Flux.from(
                        store.database().getCollection(ENTERPRISES).find())
                .map(document -> (Map<String, Object>) document)
                .collectList()
                .block();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void given_alarms_over_years_when_counted_then_a_jurisdiction_keeps_the_latest_days_and_they_are_right(long seed) {
        Random random = new Random(seed);
        Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
        List<RecordedEvent> events = new ArrayList<>();
        WORKS.forEach(works -> events.add(story.enterprise(works)));
        for (int i = 0; i < 60; i++) {
            story.pass(3_600L * random.nextInt(72));
            events.add(story.alarm(WORKS.get(random.nextInt(WORKS.size()))));
        }
        OverviewProjection projection = started();
        for (int from = 0; from < events.size(); from += 7) {
            projection
                    .apply(events.subList(from, Math.min(events.size(), from + 7)))
                    .block();
        }

        assertThat(kept()).isEqualTo(recounted(events));
        Map<String, Integer> days = kept().get("nation").alarmsByDay();
        assertThat(days).hasSize(2);
        String today = story.now().atZone(EnterpriseTally.ZONE).toLocalDate().toString();
        assertThat(days.get(today)).isEqualTo((int) events.stream()
                .filter(event -> event.event() instanceof AlarmRaised raised
                        && raised.raisedAt()
                                .atZone(EnterpriseTally.ZONE)
                                .toLocalDate()
                                .toString()
                                .equals(today))
                .count());
    }

    @Test
    void given_a_risk_that_is_assessed_again_at_its_level_when_counted_then_no_jurisdiction_is_written() {
        Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
        OverviewProjection projection = started();
        projection
                .apply(List.of(
                        story.enterprise(WORKS.getFirst()), story.risk(WORKS.getFirst(), RiskLevel.YELLOW, 40, "a")))
                .block();
        long before = position("nation");

        projection
                .apply(List.of(story.risk(WORKS.getFirst(), RiskLevel.YELLOW, 41, "a")))
                .block();

        assertThat(position("nation")).isEqualTo(before).isEqualTo(2);
    }

    private long position(String scope) {
        return scopes().held()
                .filter(held -> held.id().equals(scope))
                .map(Held::position)
                .blockFirst();
    }

    @Test
    void given_alarms_around_midnight_in_shanghai_when_counted_then_each_is_of_its_day() {
        Story story = new Story(Instant.parse("2026-11-24T15:59:59Z"));
        List<RecordedEvent> events = new ArrayList<>();
        events.add(story.enterprise(WORKS.getFirst()));
        events.add(story.alarm(WORKS.getFirst()));
        story.pass(1);
        events.add(story.alarm(WORKS.getFirst()));
        story.pass(1);
        events.add(story.alarm(WORKS.getFirst()));

        started().apply(events).block();

        assertThat(kept().get("nation").alarmsByDay()).isEqualTo(Map.of("2026-11-24", 1, "2026-11-25", 2));
    }
}
