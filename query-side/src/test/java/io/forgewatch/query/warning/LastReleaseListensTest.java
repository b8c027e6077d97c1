package io.forgewatch.query.warning;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Sorts;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.query.given.Rooms;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.Fields;
import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.StoredJson;
import io.forgewatch.query.projection.ViewName;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/**
 * While this release is rolled out, whoever listens to an instance of the last one hears what the new version of the view tells. That
 * release reads as {@link #told} does, whatever generation serves, and never again what it has said up to.
 */
class LastReleaseListensTest {

    private static final String WORKS = "GT3702110001";

    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private Store store;
    private Rooms rooms;

    @BeforeEach
    void the_rooms_as_they_are_wired() {
        store = new Store();
        rooms = new Rooms(store.database(), new Progress());
    }

    @AfterEach
    void closed() {
        rooms.close();
        store.close();
    }

    private Projection projection(ViewName name) {
        Projection projection = rooms.views().stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow()
                .projection()
                .apply(Generation.first(name));
        projection.prepare().block();
        return projection;
    }

    /** The last release's reading of what is beyond one position and not beyond another, of a province. */
    private List<WarningView> told(long after, long upTo) {
        return documents("warning_stream_v1", after, upTo)
                .filter(document -> document.getString("enterpriseId").equals(WORKS))
                .map(document -> StoredJson.read(Fields.object(document, "content"), WarningView.class))
                .collectList()
                .block();
    }

    private Flux<Document> documents(String collection, long after, long upTo) {
        return Flux.from(store.database()
                .getCollection(collection)
                .find(and(eq("province", "37"), gt("_id", after), lte("_id", upTo)))
                .sort(Sorts.ascending("_id"))
                .limit(200));
    }

    private List<RecordedEvent> events() {
        return List.of(
                story.warning(WORKS, 1, RiskLevel.YELLOW),
                story.record(new WarningSigned(WORKS + "-W1", "works", story.now())),
                story.segment(WORKS, 1, RiskLevel.RED));
    }

    @Test
    void given_the_new_version_alone_when_things_happen_then_the_last_release_finds_what_is_told() {
        projection(WarningProjection.NAME).apply(events()).block();

        List<WarningView> now = documents("warnings_told_v5", 0, 3)
                .map(document -> StoredJson.read(Fields.object(document, "content"), WarningView.class))
                .collectList()
                .block();
        assertThat(told(0, 3)).hasSize(3).isEqualTo(now);
        assertThat(told(1, 2)).isEqualTo(now.subList(1, 2));
    }

    @Test
    void given_both_versions_when_they_tell_the_same_in_any_order_then_each_is_told_once() {
        List<RecordedEvent> events = events();
        Projection now = projection(WarningProjection.NAME);
        Projection before = projection(WarningProjection.BEFORE);

        before.apply(events.subList(0, 2)).block();
        now.apply(events).block();
        before.apply(events.subList(2, 3)).block();

        assertThat(told(0, 3)).hasSize(3);
    }

    @Test
    void given_an_entry_of_a_history_that_was_lost_when_another_is_told_at_its_place_then_the_new_version_goes_on() {
        projection(WarningProjection.BEFORE).apply(events()).block();
        Story other = new Story(story.now(), 8);

        projection(WarningProjection.NAME)
                .apply(List.of(
                        other.warning(WORKS, 1, RiskLevel.RED),
                        other.record(new WarningSigned(WORKS + "-W1", "works", other.now()))))
                .block();

        assertThat(documents("warnings_told_v5", 0, 9).count().block()).isEqualTo(2);
    }
}
