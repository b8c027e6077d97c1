package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.given.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The same with the views as they are: what they say of the rest is what they would say without the parked enterprise. */
class PoisonedViewsTest {

    private static final String GOOD = "GT3702110001";
    private static final String BAD = "GT3702110002";
    private static final String FAR = "GT1301010001";

    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));

    private static List<Parked> parked(Store store, String view, List<RecordedEvent> events) {
        Topic log = new Topic();
        events.forEach(log::relay);
        List<Parked> parked = new ArrayList<>();
        Views.of(store, definitions -> {
            ViewDefinition definition = named(view, definitions);
            try (Instance instance = new Instance(
                            ProjectionStore.of(store.database()), log, Duration.ofMinutes(1), definition)
                    .awaitPosition(events.getLast().position())) {
                parked.addAll(instance.report().parked());
            }
        });
        return parked;
    }

    private static Map<Object, String> stored(Store store, String collection) {
        Map<Object, String> documents = new TreeMap<>();
        Flux.from(store.database().getCollection(collection).find())
                .doOnNext(document -> documents.put(document.get("_id"), document.toJson()))
                .blockLast();
        return documents;
    }

    /** As it is where nobody ever had what could not be taken in. */
    private static Map<Object, String> without(
            List<Parked> parked, String view, String collection, List<RecordedEvent> events) {
        List<RecordedEvent> rest = events.stream()
                .filter(event -> parked.stream()
                        .noneMatch(one -> one.key().equals(Parking.keyOf(event)) && one.position() <= event.position()))
                .toList();
        try (Store other = new Store()) {
            Views.of(other, definitions -> {
                ViewDefinition definition = named(view, definitions);
                Projection alone = definition.projection().apply(Generation.first(definition.name()));
                alone.prepare().block();
                alone.apply(rest).block();
            });
            return stored(other, collection);
        }
    }

    private static ViewDefinition named(String view, List<ViewDefinition> definitions) {
        return definitions.stream()
                .filter(one -> one.name().name().equals(view))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void given_a_warning_of_seventeen_megabytes_when_projected_then_only_its_works_is_parked() {
        WarningIssued normal =
                (WarningIssued) story.warning(BAD, 1, RiskLevel.RED).event();
        BilingualText text = new BilingualText("长".repeat(6 * 1024 * 1024), "long");
        List<RecordedEvent> events = new ArrayList<>();
        Story again = new Story(Instant.parse("2026-11-24T08:00:00Z"));
        events.add(again.warning(GOOD, 1, RiskLevel.RED));
        events.add(again.record(new WarningIssued(
                normal.warningId(),
                normal.level(),
                normal.riskIndex(),
                text,
                normal.alarms(),
                normal.alarmCount(),
                normal.openCount(),
                normal.demand(),
                normal.gathersUntil(),
                normal.at())));
        events.add(again.segment(BAD, 1, RiskLevel.RED));
        events.add(again.segment(GOOD, 1, RiskLevel.ORANGE));
        events.add(again.warning(FAR, 1, RiskLevel.BLUE));

        try (Store store = new Store()) {
            List<Parked> parked = parked(store, "warnings", events);

            assertThat(parked).singleElement().satisfies(one -> {
                assertThat(one.key()).isEqualTo(BAD);
                assertThat(one.position()).isEqualTo(2);
                assertThat(one.reason()).contains("bytes");
            });
            for (String collection : List.of("warnings_v4", "warning_segments_v4", "warning_stream_v1")) {
                assertThat(stored(store, collection))
                        .isNotEmpty()
                        .isEqualTo(without(parked, "warnings", collection, events));
            }
        }
    }

    @Test
    void given_counters_of_a_works_that_the_store_refuses_when_projected_then_every_jurisdiction_counts_right() {
        List<RecordedEvent> events = List.of(
                story.enterprise(GOOD),
                story.deviceOf(GOOD),
                story.enterprise(FAR),
                story.enterprise(BAD),
                story.alarm(GOOD),
                story.deviceOf(BAD),
                story.alarm(BAD),
                story.alarm(FAR),
                story.deviceOf(FAR),
                story.alarm(GOOD),
                story.warning(GOOD, 1, RiskLevel.RED));

        try (Store store = new Store()) {
            // GOOD has 2 points: no other works may have as many.
            Mono.from(store.database()
                            .getCollection("overview_enterprises_v4")
                            .createIndex(Indexes.ascending("content.points"), new IndexOptions().unique(true)))
                    .block();
            List<Parked> parked = parked(store, "overview", events);

            assertThat(parked).extracting(Parked::key).contains(BAD);
            Map<Object, String> kept = stored(store, "overview_v4");
            assertThat(kept).isNotEmpty();
            assertThat(kept.keySet()).contains("nation", "enterprise:" + GOOD);
            assertThat(kept).isEqualTo(without(parked, "overview", "overview_v4", events));
        }
    }
}
