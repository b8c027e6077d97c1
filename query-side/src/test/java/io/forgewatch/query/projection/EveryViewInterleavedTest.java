package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.query.given.Anything;
import io.forgewatch.query.given.Interleaving;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Views;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Every view there is: whatever two instances do at once, what is stored is what the events make of it. */
class EveryViewInterleavedTest {

    private static final int EVENTS = 160;

    @Test
    void given_the_rooms_when_their_views_are_looked_for_then_none_is_overlooked() {
        List<String> names = new java.util.ArrayList<>();
        try (Store store = new Store()) {
            Views.of(
                    store,
                    definitions ->
                            definitions.forEach(one -> names.add(one.name().name())));
        }

        assertThat(names).contains("alarms", "devices", "enterprises", "gateways", "overview", "warnings");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void given_two_instances_interleaved_anyhow_when_projected_then_all_is_as_one_alone_makes_it(long seed) {
        List<RecordedEvent> events = Anything.happens(seed, EVENTS);
        try (Store two = new Store();
                Store one = new Store()) {
            Views.of(
                    one,
                    definitions -> definitions.forEach(definition -> {
                        Projection alone = started(definition);
                        events.forEach(event -> alone.apply(List.of(event)).block());
                    }));
            Views.of(
                    two,
                    definitions -> definitions.forEach(
                            definition -> Interleaving.of(events, seed, () -> started(definition))));

            assertThat(stored(two)).isEqualTo(stored(one));
            assertThat(stored(one)).containsKey("warning_stream_v1");
        }
    }

    private static Projection started(ViewDefinition definition) {
        Projection projection = definition.projection().apply(Generation.first(definition.name()));
        projection.prepare().block();
        return projection;
    }

    private static Map<String, Map<Object, String>> stored(Store store) {
        Map<String, Map<Object, String>> all = new TreeMap<>();
        for (String collection :
                Flux.from(store.database().listCollectionNames()).collectList().block()) {
            Map<Object, String> documents = new TreeMap<>();
            Flux.from(store.database().getCollection(collection).find())
                    .doOnNext(document -> documents.put(document.get("_id"), sorted(document)))
                    .blockLast();
            all.put(collection, documents);
        }
        return all;
    }

    private static String sorted(Document document) {
        return new Document(new TreeMap<>(document)).toJson();
    }
}
