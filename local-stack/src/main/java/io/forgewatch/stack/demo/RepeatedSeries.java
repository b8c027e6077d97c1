package io.forgewatch.stack.demo;

import java.util.ArrayList;
import java.util.List;

/** Values one a second, again from the first when they end. */
final class RepeatedSeries implements Series {

    private final List<Double> values;

    RepeatedSeries(List<Double> values) {
        this.values = List.copyOf(values);
    }

    @Override
    public List<Sample> between(double from, double to) {
        List<Sample> found = new ArrayList<>();
        for (long second = (long) Math.floor(from) + 1; second <= to; second++) {
            found.add(new Sample(second, values.get((int) (second % values.size()))));
        }
        return found;
    }
}
