package io.forgewatch.stack.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the readings of a while cost.
 *
 * @param accepted readings
 * @param rate readings a second
 * @param seconds of processor time until all of them were evaluated; not a number when that never was
 */
record CostRound(long accepted, double rate, double seconds) {

    private static final double MILLION = 1_000_000;

    /**
     * What a phase of the load cost, its backlog included: what is put off is not saved.
     *
     * @param seconds of processor time until it was evaluated, or was waited for no longer
     * @param evaluated whether all was by then; else nobody knows what it costs
     */
    static CostRound of(LoadPhase phase, double seconds, boolean evaluated) {
        return new CostRound(phase.accepted(), phase.rate(), evaluated ? seconds : Double.NaN);
    }

    /** Seconds of processor time a million readings; not a number when none was accepted, or not all was evaluated. */
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
