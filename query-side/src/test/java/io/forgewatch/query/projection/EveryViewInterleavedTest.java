package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.query.given.Anything;
import io.forgewatch.query.given.Interleaving;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Views;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Every view there is: whatever two instances do at once, what is stored is what the events make of it. */
class EveryViewInterleavedTest {

    private static final int EVENTS = 220;
    private static final Path GOLDEN = Path.of("../shared-events/src/test/resources/io/forgewatch/event/golden");

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
            assertThat(stored(one)).containsKeys("warnings_told_v5", "warning_stream_v1");
        }
    }

    /** A view that is new takes part above by itself; that what it wants happens there, and that it says so, is seen here. */
    @Test
    void given_every_view_when_it_says_which_events_it_wants_then_it_folds_no_other_and_all_of_them_happen_here()
            throws IOException {
        List<DomainEvent> ever = ever();
        Set<String> happens = LongStream.rangeClosed(1, 12)
                .boxed()
                .flatMap(seed -> Anything.happens(seed, EVENTS).stream())
                .map(recorded -> EventTypes.of(recorded.event()).name())
                .collect(Collectors.toSet());
        try (Store store = new Store()) {
            Views.of(store, definitions -> {
                for (ViewDefinition definition : definitions) {
                    Set<String> wanted = EventTypes.names(definition
                            .projection()
                            .apply(Generation.first(definition.name()))
                            .events());

                    assertThat(happens).as(definition.name().name()).containsAll(wanted);
                    assertThat(ever)
                            .as(definition.name().name())
                            .filteredOn(event -> definition.kinds().values().stream()
                                    .anyMatch(kind -> !kind.ids(event).isEmpty()))
                            .isNotEmpty()
                            .allMatch(event ->
                                    wanted.contains(EventTypes.of(event).name()))
                            .hasSizeLessThan(ever.size());
                }
            });
        }
    }

    /** One of every event that there is, in whatever version it was kept. */
    private static List<DomainEvent> ever() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            List<DomainEvent> events =
                    files.map(EveryViewInterleavedTest::golden).toList();
            assertThat(events.stream().map(DomainEvent::getClass).distinct()).hasSize((int)
                    StreamSupport.stream(EventTypes.all().spliterator(), false).count());
            return events;
        }
    }

    private static DomainEvent golden(Path file) {
        String[] name = file.getFileName().toString().split("[@.-]");
        try {
            return EventJson.payload(name[0], Integer.parseInt(name[1]), Files.readAllBytes(file));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
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
