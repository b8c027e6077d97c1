package io.forgewatch.stack.bench;

import io.forgewatch.stack.Flags;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.UsageException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs benchmarks, prints the table, keeps the figures. */
public final class BenchRun {

    private static final String RECORD = "--record";
    private static final int MISSED = 1;
    private static final int UNCOUNTED = 3;

    private BenchRun() {}

    /**
     * Runs all benchmarks, those of one group, or one. A benchmark that fails is told and counts as missed; the others still run.
     *
     * @param arguments none, a group, or the name of one; {@code --record} has all figures known by then written to the page,
     *     with {@code --record} alone nothing is measured
     * @param file gets the figures
     * @param page of all figures, for people
     * @return 1 when a goal was missed by what counts, or a benchmark failed; else 3 when some of what was measured does not count;
     *     else 0
     * @throws UsageException when there is nothing of that name
     */
    public static int of(List<String> arguments, Path file, Path page, Progress progress) throws Exception {
        List<Benchmark> all = ServiceLoader.load(Benchmark.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        Flags flags = Flags.parse("bench", 1, arguments);
        if (!flags.has(RECORD)) {
            return of(all, flags.names(), file, progress);
        }
        int code = flags.names().isEmpty() ? 0 : of(all, flags.names(), file, progress);
        new PerformancePage(page).write(new BenchFile(file).figures(), LocalDate.now());
        progress.tell("The figures are in " + page);
        return code;
    }

    static int of(List<Benchmark> all, List<String> arguments, Path file, Progress progress) throws Exception {
        List<Benchmark> chosen = chosen(all, arguments);
        List<Figure> counted = new ArrayList<>();
        List<Figure> uncounted = new ArrayList<>();
        boolean failed = false;
        boolean busy = false;
        for (Benchmark benchmark : chosen) {
            progress.tell(benchmark.name());
            try {
                List<Figure> measured = benchmark.measure(progress);
                new BenchFile(file).merge(measured);
                counted.addAll(measured);
            } catch (UncountedException why) {
                busy = true;
                uncounted.addAll(why.figures());
                progress.tell(benchmark.name() + " does not count: " + why.getMessage());
            } catch (Exception broken) {
                failed = true;
                progress.tell(benchmark.name() + " failed: " + broken);
            }
        }
        progress.page(table(counted));
        if (!uncounted.isEmpty()) {
            progress.page("What does not count:" + table(uncounted));
        }
        // What was missed is missed, whatever else has to be measured again.
        if (failed || counted.stream().anyMatch(figure -> !figure.met())) {
            return MISSED;
        }
        return busy ? UNCOUNTED : 0;
    }

    private static List<Benchmark> chosen(List<Benchmark> all, List<String> arguments) {
        if (arguments.isEmpty()) {
            return all;
        }
        String wanted = arguments.getFirst();
        List<Benchmark> chosen = all.stream()
                .filter(benchmark ->
                        List.of(benchmark.group(), benchmark.name()).contains(wanted))
                .toList();
        if (arguments.size() > 1 || chosen.isEmpty()) {
            String names = all.stream()
                    .flatMap(benchmark -> Stream.of(benchmark.group(), benchmark.name()))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new UsageException("There is no benchmark and no group of them '" + String.join(" ", arguments)
                    + "'. There are: " + (names.isEmpty() ? "none" : names) + ".");
        }
        return chosen;
    }

    private static String table(List<Figure> figures) {
        String header = "%n%-36s %14s %-12s %8s %-16s %s".formatted("figure", "value", "unit", "ratio", "goal", "");
        return figures.stream().map(BenchRun::line).collect(Collectors.joining("\n", header + "\n", "\n"));
    }

    private static String line(Figure figure) {
        Double ratio = figure.ratio();
        return String.format(
                Locale.ROOT,
                "%-36s %,14.1f %-12s %8s %-16s %s%s",
                figure.name(),
                figure.value(),
                figure.unit(),
                ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio),
                figure.goal(),
                figure.met() ? "met" : "MISSED",
                figure.against() == null ? "" : " (against " + figure.against() + ")");
    }
}
