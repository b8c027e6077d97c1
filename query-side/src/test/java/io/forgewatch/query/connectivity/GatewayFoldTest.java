package io.forgewatch.query.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.telemetry.CodeMeaning;
import io.forgewatch.event.telemetry.CodeValue;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.StoredJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayFoldTest {

    private static final String WORKS = "GT3702110001";
    private static final String ID = WORKS + "-G1";
    private static final Instant AT = Instant.parse("2026-11-24T08:00:00Z");
    private static final Instant LATER = AT.plusSeconds(60);
    private static final GatewayRegistered REGISTERED = new GatewayRegistered(ID, WORKS, "v1.sealed", AT);

    private final GatewayFold fold = new GatewayFold();

    private GatewayFold.Kept after(DomainEvent... events) {
        Story story = new Story(AT);
        GatewayFold.Kept kept = null;
        for (DomainEvent event : events) {
            RecordedEvent recorded = story.record(event);
            assertThat(fold.ids(event)).containsExactly(ID);
            // Through what is stored, as between two batches.
            GatewayFold.Kept next = fold.after(kept, ID, recorded);
            kept = StoredJson.read(StoredJson.write(next), GatewayFold.Kept.class);
            assertThat(kept).isEqualTo(next);
        }
        return kept;
    }

    @Test
    void given_a_registration_then_all_is_right_and_the_standard_codes_hold() {
        GatewayFold.Kept kept = after(REGISTERED);

        assertThat(kept.clock()).isEqualTo(new GatewayView.Clock(false, null, null));
        assertThat(kept.behind()).isNull();
        assertThat(kept.codes()).isEqualTo(GatewayCodes.STANDARD);
        assertThat(kept.registeredAt()).isEqualTo(AT);
    }

    @Test
    void given_statements_then_the_last_of_each_counts_and_neither_touches_the_other() {
        GatewayFold.Kept amiss =
                after(REGISTERED, new GatewayClockWrong(ID, WORKS, -310, AT), new GatewayBehind(ID, WORKS, 35, LATER));
        GatewayFold.Kept well = after(
                REGISTERED,
                new GatewayClockWrong(ID, WORKS, -310, AT),
                new GatewayBehind(ID, WORKS, 35, AT),
                new GatewayClockRight(ID, WORKS, LATER),
                new GatewayCaughtUp(ID, WORKS, LATER));

        assertThat(amiss.clock()).isEqualTo(new GatewayView.Clock(true, -310L, AT));
        assertThat(amiss.behind()).isEqualTo(new GatewayView.Lag(35, LATER));
        assertThat(well.clock()).isEqualTo(new GatewayView.Clock(false, null, LATER));
        assertThat(well.behind()).isNull();
    }

    @Test
    void given_settings_then_they_take_the_place_of_those_before() {
        GatewayFold.Kept kept = after(
                REGISTERED,
                new GatewaySettingsChanged(
                        ID, WORKS, List.of(new CodeValue(-9999, CodeMeaning.FAULT)), List.of("CO"), "works", AT),
                new GatewaySettingsChanged(ID, WORKS, List.of(), List.of(), "works", LATER));

        assertThat(kept.codes()).isEqualTo(new GatewayCodes(List.of(), List.of()));
    }

    @Test
    void given_no_registration_or_two_then_the_events_are_wrong() {
        assertThatThrownBy(() -> after(new GatewayCaughtUp(ID, WORKS, AT))).isInstanceOf(IllegalStateException.class);
    }
}
