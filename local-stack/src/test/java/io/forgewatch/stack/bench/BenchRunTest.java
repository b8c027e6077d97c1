package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.stack.Progress;
import io.forgewatch.stack.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchRunTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void given_goals_met_when_run_then_it_ends_with_0_and_figures_are_merged_by_name() throws Exception {
        assertThat(run(List.of(), benchmark("main.rate", Figure.of("main.rate", 10, "x/s", ">=20"))))
                .isEqualTo(1);
        int code = run(
                List.of("main"),
                benchmark(
                        "main.rate",
                        Figure.of("main.rate", 30, "x/s", ">=20"),
                        Figure.against("main.append", 90, "x/s", "raw inserts", 60, "ratio>=1.0")),
                benchmark("other.wait", Figure.of("other.wait", 9, "ms", "<=5")));
        assertThat(code).isZero();
        assertThat(new BenchFile(folder.resolve("bench.json")).figures())
                .containsExactly(
                        Figure.of("main.rate", 30, "x/s", ">=20"),
                        Figure.against("main.append", 90, "x/s", "raw inserts", 60, "ratio>=1.0"));
        assertThat(Files.readString(folder.resolve("bench.json"))).contains("\"against\" : null");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("main.rate", "MISSED", "met", "(against raw inserts)");
    }

    @Test
    void given_a_run_that_does_not_count_when_run_then_it_ends_with_3_and_keeps_what_counted_before() throws Exception {
        run(List.of(), benchmark("main.chain", Figure.of("main.chain", 30, "ms", "")));
        assertThat(run(List.of(), busy("main.chain"))).isEqualTo(3);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("does not count: the disk is busy", "90.0");
        assertThat(new BenchFile(folder.resolve("bench.json")).figures())
                .containsExactly(Figure.of("main.chain", 30, "ms", ""));
    }

    @Test
    void given_a_goal_missed_by_what_counts_when_another_run_does_not_count_then_it_ends_with_1() throws Exception {
        Benchmark missed = benchmark("main.rate", Figure.of("main.rate", 10, "x/s", ">=20"));
        Benchmark met = benchmark("main.wait", Figure.of("main.wait", 4, "ms", "<=5"));
        assertThat(run(List.of(), missed, busy("main.chain"))).isEqualTo(1);
        assertThat(run(List.of(), busy("main.chain"), missed)).isEqualTo(1);
        assertThat(run(List.of(), busy("main.chain"), met))
                .as("what does not count misses nothing")
                .isEqualTo(3);
    }

    @Test
    void given_a_benchmark_that_fails_when_run_then_the_others_run_and_it_ends_with_1() throws Exception {
        Benchmark broken = new Benchmark() {
            @Override
            public String name() {
                return "main.broken";
            }

            @Override
            public List<Figure> measure(Progress progress) {
                throw new IllegalStateException("no disk");
            }
        };
        assertThat(run(List.of(), broken, benchmark("main.rate", Figure.of("main.rate", 30, "x/s", ""))))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("no disk", "main.rate");
    }

    @Test
    void given_the_name_of_one_when_run_then_only_that_is_measured() throws Exception {
        run(
                List.of("main.wait"),
                benchmark("main.rate", Figure.of("main.rate", 30, "x/s", "")),
                benchmark("main.wait", Figure.of("main.wait-p99", 9, "ms", "")));
        assertThat(new BenchFile(folder.resolve("bench.json")).figures())
                .containsExactly(Figure.of("main.wait-p99", 9, "ms", ""));
    }

    @Test
    void given_a_group_that_there_is_not_when_run_then_that_is_misuse() {
        assertThatThrownBy(() -> run(List.of("mian"), benchmark("main.rate")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("mian")
                .hasMessageContaining("main");
    }

    @ParameterizedTest
    @CsvSource({
        ">=100000, 100000, , true",
        ">=100000, 99999.9, , false",
        "<=500, 500, , true",
        "<=500, 501, , false",
        "ratio>=1.0, 5, 1.0, true",
        "ratio>=1.0, 5, 0.99, false",
        "ratio>=1.0, 5, , false",
        ">=1, NaN, , false",
        "<=1, NaN, , false",
        "'', NaN, , true"
    })
    void given_a_goal_when_judged_then_only_what_reaches_it_is_met(
            String goal, double value, Double ratio, boolean met) {
        assertThat(Goal.parse(goal).isMet(value, ratio)).isEqualTo(met);
    }

    private int run(List<String> arguments, Benchmark... benchmarks) throws Exception {
        return BenchRun.of(
                List.of(benchmarks),
                arguments,
                folder.resolve("bench.json"),
                new Progress(new PrintStream(out, true, StandardCharsets.UTF_8)));
    }

    /** What it measures is beyond its goal, and does not count. */
    private static Benchmark busy(String name) {
        return new Benchmark() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Figure> measure(Progress progress) throws UncountedException {
                throw new UncountedException("the disk is busy", List.of(Figure.of(name, 90, "ms", "<=50")));
            }
        };
    }

    private static Benchmark benchmark(String name, Figure... figures) {
        return new Benchmark() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Figure> measure(Progress progress) {
                return List.of(figures);
            }
        };
    }
}
