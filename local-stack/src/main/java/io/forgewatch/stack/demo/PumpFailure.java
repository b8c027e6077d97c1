package io.forgewatch.stack.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The cooling-water pressure of a blast furnace whose pump fails, in MPa: good for 20 s, below L from then on, below LL (0.20)
 * from second 37 to 66, then a little above it until a standby pump brings the pressure back after five minutes.
 */
final class PumpFailure implements Series {

    private static final String FILE = "nab/machine_temperature_system_failure.csv";
    private static final int FIRST_ROW = 3700;
    private static final int LAST_ROW = 4000;
    private static final double SCALE = 200;
    /** Rows of the file and the seconds by which they have been played. */
    private static final int[] ROWS = {3700, 3812, 3965, 3989, 4001};

    private static final double[] SECONDS = {0, 20, 36, 66, 80};
    private static final double STANDBY_SECOND = 300;
    private static final double STANDBY_RISE_SECONDS = 20;
    private static final double GOOD = 0.42;

    private final List<Sample> failure;

    private PumpFailure(List<Sample> failure) {
        this.failure = List.copyOf(failure);
    }

    /** The real machine failure of 2013-12-16, its temperature divided by 200. */
    static PumpFailure real(RealData data) throws IOException {
        List<Double> values = data.column(FILE, ",", 1, FIRST_ROW, LAST_ROW);
        List<Sample> samples = new ArrayList<>();
        for (int stage = 0; stage + 1 < ROWS.length; stage++) {
            int rows = ROWS[stage + 1] - ROWS[stage];
            for (int i = 0; i < rows; i++) {
                double seconds = SECONDS[stage] + (SECONDS[stage + 1] - SECONDS[stage]) * (i + 1) / rows;
                samples.add(new Sample(seconds, values.get(ROWS[stage] - FIRST_ROW + i) / SCALE));
            }
        }
        return new PumpFailure(samples);
    }

    /** The same course without the file: one value a second. */
    static PumpFailure simulated() {
        List<Sample> samples = new ArrayList<>();
        for (int second = 1; second <= 80; second++) {
            double value = second <= 20
                    ? 0.43 - 0.001 * second
                    : second <= 36 ? 0.30 - 0.006 * (second - 20) : second <= 66 ? 0.08 : 0.08 + 0.0125 * (second - 66);
            samples.add(new Sample(second, value));
        }
        return new PumpFailure(samples);
    }

    @Override
    public List<Sample> between(double from, double to) {
        List<Sample> found = new ArrayList<>(failure.stream()
                .filter(sample -> sample.seconds() > from && sample.seconds() <= to)
                .toList());
        Sample last = failure.getLast();
        for (long second = (long) Math.floor(from) + 1; second <= to; second++) {
            if (second > last.seconds()) {
                double risen = Math.clamp((second - STANDBY_SECOND) / STANDBY_RISE_SECONDS, 0, 1);
                // A pressure is never quite still.
                double ripple = 0.002 * Math.sin(second * 0.7);
                found.add(new Sample(second, last.value() + (GOOD - last.value()) * risen + ripple));
            }
        }
        return found;
    }
}
