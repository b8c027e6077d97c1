package io.forgewatch.stack.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/performance.md}: every figure there is, with the machine; written by the tool, never by hand. */
final class PerformancePage {

    private final Path file;

    PerformancePage(Path file) {
        this.file = file;
    }

    void write(List<Figure> figures, LocalDate day) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text(figures, machine(), day));
    }

    static String text(List<Figure> figures, String machine, LocalDate day) {
        String rows = figures.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .map(PerformancePage::row)
                .collect(Collectors.joining());
        return """
                # What was measured

                Written by `./forgewatch bench --record` on %s, from the figures that the benchmarks left in `bench.json`; \
                do it again on your machine. Everything ran on the one machine, the load too, with fsync on.

                Machine: %s.

                | figure | value | unit | compared with | ratio | goal | |
                | --- | ---: | --- | --- | ---: | --- | --- |
                """.formatted(day, machine) + rows;
    }

    private static String row(Figure figure) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %,.1f | %s | %s | %s | %s | %s |%n",
                figure.name(),
                figure.value(),
                figure.unit(),
                figure.against() == null ? "" : figure.against(),
                figure.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", figure.ratio()),
                figure.goal().isEmpty() ? "" : "`" + figure.goal() + "`",
                figure.goal().isEmpty() ? "" : figure.met() ? "met" : "missed");
    }

    private static String machine() throws IOException {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize() >> 30
                        : 0;
        return "%d cores (%s), %d GiB, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        memory,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    private static String processor() throws IOException {
        Path facts = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(facts)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(facts)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
