package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostRoundTest {

    @Test
    void given_alternating_rounds_when_told_then_the_medians_are_compared() {
        List<Figure> figures = CostRound.figures(
                List.of(round(3_000_000, 15), round(3_000_000, 60), round(3_000_000, 12)),
                List.of(round(3_000_000, 6.3), round(1_500_000, 3), round(3_000_000, 5.4)),
                150_000);
        assertThat(figures.getFirst()).satisfies(cost -> {
            assertThat(cost.value()).isEqualTo(5);
            assertThat(cost.ratio()).isEqualTo(2.5);
            assertThat(cost.met()).isTrue();
        });
        assertThat(figures.get(1).value()).isEqualTo(2);
        assertThat(figures).allMatch(Figure::met);
    }

    @Test
    void given_more_than_its_share_when_told_then_the_goal_is_missed() {
        assertThat(CostRound.figures(List.of(round(1_000_000, 5.1)), List.of(round(1_000_000, 2)), 150_000)
                        .getFirst()
                        .met())
                .isFalse();
    }

    @Test
    void given_a_rate_that_was_not_held_when_told_then_that_is_missed() {
        List<Figure> figures =
                CostRound.figures(List.of(new CostRound(1_000_000, 140_000, 4)), List.of(round(1_000_000, 2)), 150_000);
        assertThat(figures)
                .filteredOn(figure -> !figure.met())
                .singleElement()
                .satisfies(missed -> assertThat(missed.name()).isEqualTo("main.ingest-cost-rate"));
    }

    @Test
    void given_a_round_in_which_nothing_was_accepted_when_told_then_no_goal_of_cost_is_met() {
        Figure cost = CostRound.figures(
                        List.of(round(1_000_000, 4), round(0, 4), round(1_000_000, 4)),
                        List.of(round(1_000_000, 2), round(1_000_000, 2), round(1_000_000, 2)),
                        150_000)
                .getFirst();
        assertThat(cost.value()).isNaN();
        assertThat(cost.met()).isFalse();
    }

    @Test
    void given_a_backlog_that_was_never_evaluated_when_told_then_no_goal_of_cost_is_met() {
        LoadPhase phase = new LoadPhase("10:100000", 10, 1_000_000, 1_000_000, 0, 1, 2);
        assertThat(CostRound.of(phase, 4, true)).isEqualTo(new CostRound(1_000_000, 100_000, 4));
        List<CostRound> bare = List.of(round(1_000_000, 2), round(1_000_000, 2), round(1_000_000, 2));
        List<CostRound> ours = List.of(round(1_000_000, 4), CostRound.of(phase, 1, false), round(1_000_000, 4));
        Figure cost = CostRound.figures(ours, bare, 150_000).getFirst();
        assertThat(cost.value()).isNaN();
        assertThat(cost.met()).isFalse();
    }

    private static CostRound round(long accepted, double seconds) {
        return new CostRound(accepted, 150_000, seconds);
    }
}
