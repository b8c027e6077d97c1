package io.forgewatch.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** An event that has come to version 3: its value got a unit, then its name became longer. */
class UpcastersTest {

    private static final EventType THIRD = new EventType("PressureNoted", 3, AlarmCleared.class);
    private static final Upcaster TO_SECOND = new Upcaster("PressureNoted", 1, payload -> payload.put("unit", "MPa"));
    private static final Upcaster TO_THIRD = new Upcaster("PressureNoted", 2, payload -> {
        payload.set("pressure", payload.remove("p"));
        return payload;
    });

    @Test
    void given_an_event_of_the_first_version_when_read_then_it_goes_all_the_way() {
        assertThat(upcast(1, "{\"p\":0.4}")).isEqualTo("{\"unit\":\"MPa\",\"pressure\":0.4}");
    }

    @Test
    void given_an_event_of_the_second_version_when_read_then_it_goes_the_rest_of_the_way() {
        assertThat(upcast(2, "{\"p\":0.4,\"unit\":\"kPa\"}")).isEqualTo("{\"unit\":\"kPa\",\"pressure\":0.4}");
    }

    @Test
    void given_an_event_of_todays_version_when_read_then_it_stays_as_it_is() {
        assertThat(upcast(3, "{\"pressure\":0.4}")).isEqualTo("{\"pressure\":0.4}");
    }

    @Test
    void given_a_version_without_a_way_to_todays_when_the_chain_is_made_then_refused() {
        refused(TO_SECOND);
        refused(TO_THIRD);
        refused();
    }

    @Test
    void given_two_ways_or_one_that_leads_nowhere_when_the_chain_is_made_then_refused() {
        refused(TO_SECOND, TO_THIRD, TO_SECOND);
        refused(TO_SECOND, TO_THIRD, new Upcaster("PressureNoted", 3, payload -> payload));
        refused(TO_SECOND, TO_THIRD, new Upcaster("NeverHeardOf", 1, payload -> payload));
    }

    @Test
    void given_a_version_newer_than_this_code_when_read_then_the_reader_stops_with_its_name() {
        assertThatThrownBy(() -> EventJson.payload("AlarmCleared", 99, "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("AlarmCleared")
                .hasMessageContaining("99");
        assertThatThrownBy(() -> EventJson.payload("NeverHeardOf", 1, "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnknownEventException.class);
        assertThatThrownBy(() -> EventJson.payload("AlarmCleared", 0, "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnknownEventException.class);
    }

    @Test
    void given_an_envelope_of_a_name_that_only_newer_code_knows_when_read_and_written_then_it_is_as_it_was() {
        String json = "{\"position\":7,\"id\":\"00000000-0000-0007-0000-000000000007\",\"name\":\"ManholeOpened\","
                + "\"version\":3,\"at\":\"2026-11-24T08:00:00Z\",\"actor\":\"account/alice\","
                + "\"payload\":{\"depth\":{\"metres\":3.25},\"by\":null}}";

        RecordedEvent read = EventJson.envelope(json.getBytes(StandardCharsets.UTF_8));

        assertThat(read.event())
                .isEqualTo(new ForeignEvent("ManholeOpened", 3, Set.of(), "{\"depth\":{\"metres\":3.25},\"by\":null}"));
        assertThat(new String(EventJson.envelope(read), StandardCharsets.UTF_8)).isEqualTo(json);
    }

    @Test
    void given_an_envelope_of_a_known_name_in_a_newer_version_when_read_then_the_reader_stops() {
        String json = "{\"position\":7,\"id\":\"00000000-0000-0007-0000-000000000007\",\"name\":\"AlarmCleared\","
                + "\"version\":99,\"at\":\"2026-11-24T08:00:00Z\",\"actor\":\"account/alice\",\"payload\":{}}";

        assertThatThrownBy(() -> EventJson.envelope(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnknownEventException.class);
    }

    private static String upcast(int version, String json) {
        return new Upcasters(List.of(TO_THIRD, TO_SECOND), List.of(THIRD))
                .upcast("PressureNoted", version, (ObjectNode) EventJson.MAPPER.readTree(json))
                .toString();
    }

    private static void refused(Upcaster... upcasters) {
        assertThatThrownBy(() -> new Upcasters(List.of(upcasters), List.of(THIRD)))
                .isInstanceOf(IllegalStateException.class);
    }
}
