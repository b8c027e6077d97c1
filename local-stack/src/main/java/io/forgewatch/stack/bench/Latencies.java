package io.forgewatch.stack.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/** How long each breach took to the stream; what never came counts as the longest that was waited. */
final class Latencies {

    private static final long LONGEST_MICROS = 60_000_000;

    private final Histogram histogram = new Histogram(LONGEST_MICROS, 3);
    private int missing;

    /** @param micros below 0 counts as 0: two readings of a clock differ by as much */
    void came(long micros) {
        histogram.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }

    void never() {
        missing++;
        histogram.recordValue(LONGEST_MICROS);
    }

    long count() {
        return histogram.getTotalCount();
    }

    int missing() {
        return missing;
    }

    double millis(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** @param goal of the 99th percentile, in milliseconds */
    List<Figure> figures(String name, String goal) {
        return List.of(
                Figure.of(name + "-p99", millis(99), "ms", goal),
                Figure.of(name + "-p50", millis(50), "ms", ""),
                Figure.of(name + "-max", millis(100), "ms", ""),
                Figure.of(name + "-missing", missing, "warnings", "<=0"));
    }
}
