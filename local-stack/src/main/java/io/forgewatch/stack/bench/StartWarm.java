package io.forgewatch.stack.bench;

import io.forgewatch.stack.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long {@code ./forgewatch run} takes to be ready, from the start of its process until run.json is there: the first time, and
 * from the second time on, with the demonstration as a newcomer has it.
 */
public final class StartWarm implements Benchmark {

    private static final int MOST_SECONDS = 25;

    @Override
    public String name() {
        return "main.start-warm";
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        BenchSize size = BenchSize.of(System.getProperties());
        Path home = StackUnderTest.emptyHome("start-warm");
        double first = start(home, progress);
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < size.starts(); i++) {
            warm.add(start(home, progress));
        }
        return List.of(
                Figure.of("main.start-warm", median(warm), "s", "<=" + MOST_SECONDS),
                Figure.of("main.start-first", first, "s", ""));
    }

    /** The middle one; of an even number the lower of the two. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static double start(Path home, Progress progress) throws Exception {
        try (StackUnderTest stack = StackUnderTest.start(home, List.of(), progress)) {
            return stack.startSeconds();
        }
    }
}
