package io.forgewatch.event.warning;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.GoldenEvents;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WarningVersionsTest {

    @Test
    void given_an_issue_of_version_1_when_read_then_its_demand_has_no_number_and_is_the_first_for_whoever_folds_it()
            throws IOException {
        WarningIssued issued =
                (WarningIssued) EventJson.payload("WarningIssued", 1, GoldenEvents.stored("WarningIssued@1"));

        assertThat(issued.demand().number()).isEqualTo(Demand.UNNUMBERED);
        assertThat(WarningProgress.issued(issued).demand().number()).isEqualTo(1);
        assertThat(WarningProgress.issued(issued).owed(DeadlineKind.SIGN))
                .hasValueSatisfying(owed -> assertThat(owed.demand()).isEqualTo(1));
    }

    @Test
    void given_an_escalation_of_version_1_when_read_then_it_names_no_demand() throws IOException {
        WarningEscalated escalated =
                (WarningEscalated) EventJson.payload("WarningEscalated", 1, GoldenEvents.stored("WarningEscalated@1"));

        assertThat(escalated.demand()).isEqualTo(Demand.UNNUMBERED);
        assertThat(escalated.missed()).isEqualTo(DeadlineKind.RESOLVE);
    }

    @Test
    void given_a_segment_that_demands_when_read_then_it_is_so_today_and_is_written_the_same() throws IOException {
        byte[] stored = GoldenEvents.stored("WarningSegmentAdded@2-demanding");

        WarningSegmentAdded added = (WarningSegmentAdded) EventJson.payload("WarningSegmentAdded", 2, stored);

        assertThat(added.demand()).isNotNull().extracting(Demand::number).isEqualTo(3);
        assertThat(added.demandsAt()).isNull();
        assertThat(EventJson.payload(added)).asString().isEqualTo(new String(stored, StandardCharsets.UTF_8));
    }
}
