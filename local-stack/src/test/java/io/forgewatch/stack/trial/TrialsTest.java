package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trials, as short as they can be and still find something: a return that is told three times within 70 s and then never again
 * must be lost, and what is cleared a minute after its return must have had that minute.
 */
@Tag("trial")
@Timeout(600)
class TrialsTest {

    @TempDir
    Path home;

    @Test
    void
            given_alarms_when_the_store_hangs_or_refuses_or_the_gate_is_closed_or_a_cable_is_cut_then_every_alarm_ends_and_none_by_silence() {
        assertThat(together(
                        List.of("store-away", "--seconds", "80", "--rounds", "refusing"),
                        List.of("store-away", "--seconds", "20", "--rounds", "frozen", "--points", "20"),
                        List.of("gate-closed", "--seconds", "80", "--points", "20"),
                        List.of("cut-cable", "--seconds", "75")))
                .containsOnly(0);
    }

    @Test
    void given_a_works_in_a_storm_when_another_breaks_then_that_reaches_the_stream_as_before() {
        assertThat(together(
                        List.of("storm", "--alarms", "200", "--bystanders", "2", "--seconds", "20", "--most", "15")))
                .containsOnly(0);
    }

    @Test
    void given_two_of_each_side_or_readers_who_vanish_when_one_of_each_or_the_store_is_gone_then_nothing_is_lost() {
        assertThat(together(
                        List.of("twins", "--works", "2", "--within", "120"),
                        List.of("connections", "--cycles", "1000", "--seconds", "7", "--at-once", "16")))
                .containsOnly(0);
    }

    @Test
    void given_one_of_two_that_loses_a_store_when_values_break_then_the_other_tells_of_them() {
        assertThat(together(List.of(
                        "cut-off",
                        "--works",
                        "2",
                        "--within",
                        "180",
                        "--patience",
                        "240",
                        "--rounds",
                        "folder-kafka,issuer-postgres")))
                .containsOnly(0);
    }

    /** Trials mostly wait: each on a stack of its own, side by side. */
    @SafeVarargs
    private List<Integer> together(List<String>... trials) {
        List<CompletableFuture<Integer>> running = IntStream.range(0, trials.length)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> ShortTrial.run(home.resolve(String.valueOf(n)), trials[n]), Thread::startVirtualThread))
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }
}
