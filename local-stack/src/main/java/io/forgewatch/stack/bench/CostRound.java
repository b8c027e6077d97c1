package io.forgewatch.stack.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the readings of a while cost.
 *
 * @param accepted readings
 * @param rate readings a second
 * @param seconds of processor time
 */
record CostRound(long accepted, double rate, double seconds) {

    private static final double MILLION = 1_000_000;

    /** Seconds of processor time a million readings; not a number when none was accepted. */
    double aMillion() {
        return accepted == 0 ? Double.NaN : seconds * MILLION / accepted;
    }

    /**
     * The figures of rounds that alternated.
     *
     * @param offered readings a second
     */
    static List<Figure> figures(List<CostRound> ours, List<CostRound> bare, double offered) {
        String enough = ">=" + Math.round(offered * 0.99);
        return List.of(
                Figure.against(
                        "main.ingest-cost",
                        median(ours, CostRound::aMillion),
                        "s/million",
                        "a bare door",
                        median(bare, CostRound::aMillion),
                        "ratio<=2.5"),
                Figure.of("main.ingest-cost-bare", median(bare, CostRound::aMillion), "s/million", ""),
                Figure.of("main.ingest-cost-rate", median(ours, CostRound::rate), "readings/s", enough),
                Figure.of("main.ingest-cost-bare-rate", median(bare, CostRound::rate), "readings/s", enough));
    }

    /** The middle one; a round without a value makes it none. */
    private static double median(List<CostRound> rounds, ToDoubleFunction<CostRound> of) {
        List<Double> values = rounds.stream()
                .map(of::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return values.getLast().isNaN() ? Double.NaN : values.get((values.size() - 1) / 2);
    }
}
