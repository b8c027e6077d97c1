package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.stream.StreamEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final long SENT = 1_764_030_000_000_000L;
    private static final long DELAY = BenchCountry.DELAY_ON_MILLIS * 1_000L;

    @Test
    void given_arrivals_when_timed_then_the_delay_of_the_rule_is_not_counted() {
        Latencies latencies =
                Breaches.latencies(List.of("a.P"), Map.of("a.P", SENT), Map.of("a.P", SENT + DELAY + 120_000));
        assertThat(latencies.millis(50)).isCloseTo(120, within(1.0));
        assertThat(latencies.missing()).isZero();
    }

    @Test
    void given_one_of_200_that_never_came_when_judged_then_p99_is_that_of_the_others_and_it_is_told() {
        Latencies latencies = timed(200, 1);
        assertThat(latencies.count()).isEqualTo(200);
        assertThat(latencies.figures("main.x", "<=500"))
                .extracting(Figure::name, Figure::met)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("main.x-p99", true),
                        org.assertj.core.groups.Tuple.tuple("main.x-p50", true),
                        org.assertj.core.groups.Tuple.tuple("main.x-max", true),
                        org.assertj.core.groups.Tuple.tuple("main.x-missing", false));
    }

    @Test
    void given_three_of_200_that_never_came_when_judged_then_p99_is_missed() {
        assertThat(timed(200, 3).figures("main.x", "<=500").getFirst().met()).isFalse();
    }

    @Test
    void given_a_breach_that_was_never_sent_when_timed_then_it_is_missing() {
        Latencies latencies = Breaches.latencies(List.of("a.P"), Map.of(), Map.of("a.P", SENT));
        assertThat(latencies.missing()).isEqualTo(1);
    }

    @Test
    void given_events_of_the_stream_when_taken_then_the_first_warning_that_names_an_alarm_counts() {
        Arrivals arrivals = new Arrivals();
        String point = BenchCountry.pressure(3, 1);
        String data = "{\"id\":\"W\",\"segments\":[{\"alarms\":[\"" + point + ".LOW.1764030000000\"]}]}";
        arrivals.take(new StreamEvent(new Place(1, 7), ""), Instant.EPOCH);
        arrivals.take(new StreamEvent(new Place(1, 8), data), Instant.ofEpochMilli(5));
        arrivals.take(new StreamEvent(null, data), Instant.ofEpochMilli(9));
        assertThat(arrivals.first()).isEqualTo(Map.of(point, 5_000L));
        assertThat(arrivals.pushes()).isEqualTo(2);
    }

    private static Latencies timed(int count, int missing) {
        List<String> planted =
                IntStream.range(0, count).mapToObj(i -> "d" + i + ".P").toList();
        Map<String, Long> sent = new HashMap<>();
        Map<String, Long> arrived = new HashMap<>();
        for (int i = 0; i < count; i++) {
            sent.put(planted.get(i), SENT);
            if (i >= missing) {
                arrived.put(planted.get(i), SENT + DELAY + 100_000);
            }
        }
        return Breaches.latencies(planted, sent, arrived);
    }
}
