package io.forgewatch.query.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.Changed;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.Serving;
import io.forgewatch.query.projection.View;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WarningQueriesTest {

    private static final String WORKS = "GT3702110001";
    private static final String ID = WORKS + "-W1";
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final Caller NATION =
            new Caller("ministry", Role.MINISTRY, new Jurisdiction.Nation(), START.plusSeconds(3_600));

    private Store store;

    @BeforeEach
    void a_store() {
        store = new Store();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private WarningQueries reading(int version) {
        Progress progress = Serving.version("warnings", version);
        return new WarningQueries(
                new View<>(Reads.of(store.database()), WarningProjection.NAME, new WarningFold(), progress),
                new View<>(
                        Reads.of(store.database()),
                        WarningProjection.NAME,
                        WarningProjection.SEGMENTS,
                        new SegmentFold(),
                        progress));
    }

    private void kept(int version) {
        WarningFold fold = new WarningFold();
        RecordedEvent issued = new Story(START).warning(WORKS, 1, RiskLevel.YELLOW);
        new Documents<>(store.database(), "warnings_v" + version, fold)
                .write(List.of(new Changed<>(new Held<>(ID, issued.position(), fold.after(null, ID, issued)), 0)))
                .block();
    }

    @Test
    void given_only_documents_of_before_when_the_list_of_segments_is_read_then_the_view_is_being_built() {
        kept(2);
        ListParameters all = ListParameters.of("/warnings", Map.of(), List.of());

        assertThatThrownBy(() -> reading(2).segments(NATION, ID, all).block())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("view-building"));
        assertThat(reading(2).one(NATION, ID).block().segments()).hasSize(1);
        assertThatThrownBy(() -> reading(2).segments(NATION, WORKS + "-W9", all).block())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @Test
    void given_documents_of_now_without_a_segment_yet_when_the_list_is_read_then_it_is_empty() {
        kept(3);

        assertThat(reading(3)
                        .segments(NATION, ID, ListParameters.of("/warnings", Map.of(), List.of()))
                        .block()
                        .items())
                .isEmpty();
    }
}
