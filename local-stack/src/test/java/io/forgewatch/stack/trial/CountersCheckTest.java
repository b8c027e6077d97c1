package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CountersCheckTest {

    private static final JsonNode OVERVIEW = new JsonMapper().readTree("""
            {"scope": "nation", "position": 7, "enterprises": {"total": 2, "byLevel": {"RED": 1, "BLUE": 1}},
             "alarms": {"today": 3, "open": 3}}""");

    @Test
    void given_what_the_events_say_when_compared_then_nothing_differs() {
        assertThat(CountersCheck.difference(
                        OVERVIEW, Map.of("enterprises.total", 2, "enterprises.byLevel.RED", 1, "alarms.open", 3)))
                .isEmpty();
    }

    @Test
    void given_a_counter_that_is_off_by_one_or_not_shown_when_compared_then_each_is_named_with_both_numbers() {
        assertThat(CountersCheck.difference(OVERVIEW, Map.of("alarms.open", 4, "warnings.open", 0)))
                .isEqualTo("alarms.open 3 not 4, warnings.open -1 not 0");
    }

    @Test
    void given_an_overview_without_counters_when_compared_with_no_events_at_all_then_every_counter_is_missed() {
        Map<String, Integer> none = new HashMap<>(new WorksCount().counters(Instant.EPOCH));
        assertThat(CountersCheck.difference(new JsonMapper().createObjectNode(), none)
                        .split(", "))
                .hasSameSizeAs(none.keySet());
    }
}
