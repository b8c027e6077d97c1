package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.stack.Await;
import io.forgewatch.stack.StackException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessorTimeTest {

    @Test
    void given_a_program_with_brackets_and_spaces_in_its_name_when_read_then_its_four_times_are_added() {
        assertThat(ProcessorTime.ticks("17 (a b) c) S 1 17 17 0 -1 4194304 9 9 9 9 100 20 3 4 20 0 1 0 7 8 9"))
                .isEqualTo(127);
    }

    @Test
    void given_a_process_whose_child_works_and_ends_when_asked_then_the_childs_time_is_counted_and_stays()
            throws Exception {
        Process parent = new ProcessBuilder(
                        "sh", "-c", "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; echo done; read line")
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(parent.inputReader().readLine()).isEqualTo("done");
            double seconds = ProcessorTime.seconds(Set.of(parent.pid()));
            assertThat(seconds).isGreaterThan(0.02);
            assertThat(ProcessorTime.seconds(Set.of(parent.pid()))).isGreaterThanOrEqualTo(seconds);
            assertThat(ProcessorTime.parentOf(parent.pid()))
                    .isEqualTo(ProcessHandle.current().pid());
        } finally {
            parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void given_a_process_and_its_descendant_when_both_are_named_then_the_descendant_counts_once() throws Exception {
        Process parent = new ProcessBuilder(
                        "sh", "-c", "(i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done; read line); true")
                .start();
        try {
            assertThat(parent.inputReader().readLine()).isEqualTo("done");
            Await.until(
                    "the child",
                    Duration.ofSeconds(10),
                    () -> parent.descendants().findAny().isPresent());
            long child = parent.descendants().findFirst().orElseThrow().pid();
            assertThat(ProcessorTime.seconds(Set.of(parent.pid(), child)))
                    .isEqualTo(ProcessorTime.seconds(Set.of(parent.pid())));
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void given_a_process_that_has_ended_when_asked_then_that_is_said() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertThatThrownBy(() -> ProcessorTime.seconds(Set.of(ended.pid()))).isInstanceOf(StackException.class);
    }
}
