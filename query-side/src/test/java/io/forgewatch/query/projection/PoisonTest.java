package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** One event, or one document, that cannot be taken in costs its own enterprise the view, and nobody else. */
class PoisonTest {

    private static final ViewName NAME = new ViewName("fragile", 1);
    private static final Generation GENERATION = Generation.first(NAME);
    private static final String GOOD = "GT3702110001";
    private static final String BAD = "GT3702110002";
    private static final String BYSTANDER = "GT1301010001";

    private final Topic log = new Topic();
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private Store store;

    @BeforeEach
    void a_store() {
        store = new Store();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private void happens(String enterprise, double index) {
        log.relay(story.risk(enterprise, RiskLevel.BLUE, index, "none"));
    }

    private Instance instance(Fragile fold) {
        return new Instance(
                ProjectionStore.of(store.database()),
                log,
                Duration.ofMinutes(1),
                ViewDefinition.folded(store.database(), NAME, fold, List.of()));
    }

    private Documents<Fragile.Kept> documents() {
        return new Documents<>(store.database(), GENERATION.collection(), new Fragile(Fragile.Place.FOLD));
    }

    private List<Long> taken(String enterprise) {
        Fragile.Kept kept = documents().find(enterprise).block();
        return kept == null ? List.of() : kept.positions();
    }

    /** No two documents may have one serial, and another document has that which the broken one would have. */
    private void aSerialIsTaken() {
        var collection = store.database().getCollection(GENERATION.collection());
        Mono.from(collection.createIndex(Indexes.ascending(Fragile.SERIAL), new IndexOptions().unique(true)))
                .block();
        Mono.from(collection.insertOne(new Document("_id", "somebody")
                        .append("position", 1L)
                        .append(Fragile.SERIAL, "taken")
                        .append("content", new Document())))
                .block();
    }

    @ParameterizedTest
    @EnumSource
    void given_an_event_that_breaks_a_view_anywhere_when_projected_then_its_enterprise_is_parked_and_the_rest_is_right(
            Fragile.Place place) {
        happens(GOOD, 1);
        happens(BAD, 2);
        happens(BYSTANDER, 3);
        happens(GOOD, 4);
        happens(BAD, Fragile.BROKEN);
        happens(BYSTANDER, 6);
        happens(BAD, 7);
        happens(GOOD, 8);
        happens(BYSTANDER, 9);
        aSerialIsTaken();

        try (Instance instance = instance(new Fragile(place)).awaitPosition(9)) {
            assertThat(taken(GOOD)).containsExactly(1L, 4L, 8L);
            assertThat(taken(BYSTANDER)).containsExactly(3L, 6L, 9L);
            assertThat(taken(BAD)).containsExactly(2L);
            assertThat(instance.report().parked()).singleElement().satisfies(parked -> {
                assertThat(parked.key()).isEqualTo(BAD);
                assertThat(parked.position()).isEqualTo(5);
                assertThat(parked.reason()).contains("Event 5 (RiskAssessed)");
            });
            assertThat(instance.report().needsAttention()).isTrue();
            assertThat(instance.report().trouble()).isNull();
            assertThat(instance.report().stopped()).isNull();
            assertThat(instance.gauge("parked")).isEqualTo(1);
        }
    }

    @Test
    void given_a_parked_enterprise_when_code_that_can_take_it_in_comes_then_it_is_there_with_all_it_had() {
        happens(GOOD, 1);
        happens(BAD, 2);
        happens(BAD, Fragile.BROKEN);
        happens(BAD, 4);
        try (Instance broken = instance(new Fragile(Fragile.Place.SIZE)).awaitPosition(4)) {
            assertThat(broken.report().parked()).hasSize(1);
        }

        try (Instance mended = instance(new Fragile(Fragile.Place.STORE)).awaitBuild(1)) {
            assertThat(mended.report().parked()).isEmpty();
            assertThat(new Documents<>(store.database(), NAME.name() + "_v1_b1", new Fragile(Fragile.Place.FOLD))
                            .find(BAD)
                            .block()
                            .positions())
                    .containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void given_a_stored_document_that_cannot_be_read_when_its_enterprise_goes_on_then_that_is_parked() {
        happens(GOOD, 1);
        happens(BAD, 2);
        happens(GOOD, 3);
        Mono.from(store.database()
                        .getCollection(GENERATION.collection())
                        .insertOne(new Document("_id", BAD)
                                .append("position", 1L)
                                .append("content", new Document("positions", "by hand"))))
                .block();

        try (Instance instance = instance(new Fragile(Fragile.Place.FOLD)).awaitPosition(3)) {
            assertThat(taken(GOOD)).containsExactly(1L, 3L);
            assertThat(instance.report().parked())
                    .extracting(Parked::key, Parked::position)
                    .containsExactly(org.assertj.core.api.Assertions.tuple(BAD, 2L));
        }
    }

    @Test
    void given_an_event_that_does_not_say_whose_it_is_when_projected_then_it_is_parked_by_its_key_in_the_topic() {
        happens(GOOD, 1);
        log.relay(2, BAD, """
                {"position":2,"id":"00000000-0000-0007-0000-000000000002","name":"WarningClosed","version":1,\
                "at":"2026-11-24T08:00:00Z","actor":"system/story",\
                "payload":{"warningId":"nobody","at":"2026-11-24T08:00:00Z"}}""".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        story.risk(BAD, RiskLevel.BLUE, 0, "takes position 2");
        happens(GOOD, 3);

        try (Instance instance = instance(new Fragile(Fragile.Place.FOLD)).awaitPosition(3)) {
            assertThat(taken(GOOD)).containsExactly(1L, 3L);
            assertThat(instance.report().parked()).extracting(Parked::key).containsExactly(BAD);
        }
    }

    @Test
    void given_a_collection_that_takes_nothing_when_projected_then_nobody_is_parked_and_it_goes_on_once_it_does() {
        happens(GOOD, Fragile.BROKEN);
        happens(BAD, Fragile.BROKEN);
        happens(GOOD, Fragile.BROKEN);
        aSerialIsTaken();

        try (Instance instance = instance(new Fragile(Fragile.Place.STORE))) {
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> instance.projections.reports().stream()
                            .anyMatch(report -> report.building() != null
                                    && report.building().trouble() != null));
            assertThat(ProjectionStore.of(store.database())
                            .checkpoints()
                            .parked(GENERATION)
                            .collectList()
                            .block())
                    .isEmpty();
            Mono.from(store.database().getCollection(GENERATION.collection()).drop())
                    .block();

            instance.awaitPosition(3);
            assertThat(taken(GOOD)).containsExactly(1L, 3L);
            assertThat(taken(BAD)).containsExactly(2L);
            assertThat(instance.report().parked()).isEmpty();
        }
    }
}
