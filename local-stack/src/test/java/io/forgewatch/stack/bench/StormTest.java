package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StormTest {

    private static final StormSize USUAL = StormSize.of(new Properties());

    @Test
    void given_the_usual_size_when_asked_then_every_alarm_has_a_point_of_its_own_and_every_gateway_a_frame() {
        BenchWorks works = USUAL.storming();
        assertThat(works.devices() * BenchWorks.GRAVE).isGreaterThanOrEqualTo(USUAL.alarms() * USUAL.seconds());
        assertThat(works.devices() / works.gateways() * BenchCountry.POINTS_PER_DEVICE)
                .isLessThanOrEqualTo(BenchSize.FRAME);
        assertThat(USUAL.rate()).isEqualTo((USUAL.works() + works.gateways()) * BenchSize.FRAME);
        assertThat(USUAL.breaches()).isGreaterThanOrEqualTo(100);
        // No breach falls on a point that is broken already.
        assertThat(USUAL.works() * USUAL.devices()).isGreaterThanOrEqualTo(2 * USUAL.breaches() + 40);
    }

    @Test
    void given_more_breaches_than_fit_into_the_storm_when_asked_for_then_it_is_refused() {
        assertThatThrownBy(() -> new StormSize(10, 10, 10, 5, 11)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void given_devices_that_gateways_cannot_share_when_asked_for_then_it_is_refused() {
        assertThatThrownBy(() -> new BenchWorks("GT3702110001", 10, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void given_others_that_wait_a_little_longer_when_told_then_all_goals_are_met() {
        assertThat(new StormOutcome(latencies(100, 0), latencies(149, 2_900), 40, 6_000, 60).figures(USUAL))
                .allMatch(Figure::met);
    }

    @Test
    void given_what_must_not_be_when_told_then_each_is_missed_by_its_own_figure() {
        StormOutcome bad = new StormOutcome(latencies(100, 0), latencies(151, 3_100), 41, 5_699, 61);
        assertThat(missed(bad))
                .containsExactly(
                        "main.breach-in-storm",
                        "main.breach-in-storm-max",
                        "main.breach-in-storm-pushes",
                        "main.breach-in-storm-alarms",
                        "main.breach-in-storm-rate");
        assertThat(missed(new StormOutcome(latencies(100, 0), latencies(100, 0), 0, 6_000, 60)))
                .as("a works whose people hear nothing of its storm")
                .containsExactly("main.breach-in-storm-told");
        Latencies lost = latencies(100, 0);
        lost.never();
        assertThat(missed(new StormOutcome(latencies(100, 0), lost, 4, 6_000, 60)))
                .containsExactly("main.breach-in-storm-max", "main.breach-in-storm-missing");
    }

    private static List<String> missed(StormOutcome outcome) {
        return outcome.figures(USUAL).stream()
                .filter(figure -> !figure.met())
                .map(Figure::name)
                .toList();
    }

    /** A hundred at one time, and perhaps one more at another. */
    private static Latencies latencies(long millis, long slowest) {
        Latencies latencies = new Latencies();
        IntStream.range(0, 100).forEach(any -> latencies.came(millis * 1_000));
        if (slowest > 0) {
            latencies.came(slowest * 1_000);
        }
        return latencies;
    }
}
