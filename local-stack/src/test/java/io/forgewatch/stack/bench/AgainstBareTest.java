package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AgainstBareTest {

    @Test
    void given_ours_within_twice_the_bare_when_told_then_both_goals_are_met() throws Exception {
        List<Figure> figures = new AgainstBare(latencies(80, 160), latencies(50, 90)).figures();
        assertThat(figures).allMatch(Figure::met);
        assertThat(figure(figures, "main.breach-vs-bare-p50").ratio()).isBetween(1.59, 1.61);
        assertThat(figure(figures, "main.breach-vs-bare-p99").ratio()).isBetween(1.76, 1.79);
        assertThat(figure(figures, "main.breach-bare-p50").value()).isBetween(49.9, 50.1);
    }

    @Test
    void given_a_p99_beyond_twice_the_bare_when_told_then_only_that_goal_is_missed() throws Exception {
        List<Figure> figures = new AgainstBare(latencies(80, 190), latencies(50, 90)).figures();
        assertThat(figures)
                .filteredOn(figure -> !figure.met())
                .singleElement()
                .satisfies(missed -> assertThat(missed.name()).isEqualTo("main.breach-vs-bare-p99"));
    }

    @Test
    void given_one_that_never_came_when_told_then_it_is_missed_whatever_the_others_took() throws Exception {
        Latencies ours = latencies(80, 160);
        ours.never();
        assertThat(figure(new AgainstBare(ours, latencies(50, 90)).figures(), "main.breach-vs-bare-missing")
                        .met())
                .isFalse();
        Latencies bare = latencies(50, 90);
        bare.never();
        assertThat(figure(new AgainstBare(latencies(80, 160), bare).figures(), "main.breach-bare-missing")
                        .met())
                .isFalse();
    }

    @Test
    void given_a_bare_chain_slower_than_it_is_on_an_idle_machine_when_told_then_it_does_not_count() {
        assertThatThrownBy(() -> new AgainstBare(latencies(70, 80), latencies(61, 90)).figures())
                .asInstanceOf(type(UncountedException.class))
                .satisfies(busy -> {
                    assertThat(busy).hasMessageContaining("61.0 ms");
                    assertThat(figure(busy.figures(), "main.breach-bare-p50").met())
                            .isFalse();
                });
    }

    private static Figure figure(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A hundred: all but the last three at one time, those at the other. */
    private static Latencies latencies(long most, long last) {
        Latencies latencies = new Latencies();
        LongStream.range(0, 97).forEach(any -> latencies.came(most * 1_000));
        LongStream.range(0, 3).forEach(any -> latencies.came(last * 1_000));
        return latencies;
    }
}
