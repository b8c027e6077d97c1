package io.forgewatch.stack.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.StackException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {

    @Test
    void given_lines_when_taken_then_each_event_has_its_own_id_and_all_its_data() {
        assertThat(events(
                        ":heartbeat",
                        "id:7",
                        "retry:1000",
                        "",
                        "event:warning",
                        "id:4801",
                        "data:{\"a\":",
                        "data:1}",
                        "",
                        "event:warning",
                        "data:{}",
                        ""))
                .containsExactly(
                        new StreamEvent(new Place(1, 7), ""),
                        new StreamEvent(new Place(1, 4_801), "{\"a\":1}"),
                        new StreamEvent(null, "{}"));
        assertThat(new StreamEvent(new Place(1, 7), "").isHeartbeat()).isTrue();
        assertThat(new StreamEvent(null, "{}").isHeartbeat()).isFalse();
    }

    @Test
    void given_an_id_of_a_later_history_when_taken_then_it_is_a_place_of_that() {
        assertThat(events("id: 2-4801", "data:{}", "")).containsExactly(new StreamEvent(new Place(2, 4_801), "{}"));
    }

    @Test
    void given_nothing_between_two_ends_when_taken_then_it_is_no_event() {
        assertThat(events("", ":comment", "", "retry:1000", "")).isEmpty();
    }

    @Test
    void given_an_event_that_has_not_ended_when_taken_then_there_is_none_yet() {
        assertThat(events("id:7", "data:{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id:", "id:x", "id:-1", "id:1-7", "id:2-", "id:2-3-4"})
    void given_an_id_that_is_none_when_taken_then_that_is_said(String line) {
        EventLines lines = new EventLines();
        assertThatThrownBy(() -> lines.take(line))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("an id that is none");
    }

    private static List<StreamEvent> events(String... lines) {
        EventLines all = new EventLines();
        return Stream.of(lines).map(all::take).filter(Objects::nonNull).toList();
    }
}
