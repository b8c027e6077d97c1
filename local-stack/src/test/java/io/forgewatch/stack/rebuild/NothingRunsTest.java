package io.forgewatch.stack.rebuild;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class NothingRunsTest {

    @TempDir
    Path home;

    @Test
    void given_no_stack_or_one_that_was_killed_when_a_view_is_to_be_rebuilt_then_that_is_told() throws Exception {
        Path runFile = home.resolve("run.json");
        assertNothingRuns(runFile);

        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        RunFile left = new RunFile(
                killed.pid(),
                "http://127.0.0.1:1",
                "http://127.0.0.1:1",
                "postgresql://u:p@127.0.0.1:1/db",
                "127.0.0.1:1",
                "mongodb://127.0.0.1:1",
                Map.of("ministry", new RunFile.Account("ministry", "secret")),
                List.of(),
                List.of());
        Files.writeString(runFile, new JsonMapper().writeValueAsString(left));
        assertNothingRuns(runFile);
    }

    private static void assertNothingRuns(Path runFile) {
        assertThatThrownBy(() -> Rebuild.of("all", runFile, System.out, false))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Nothing runs here");
    }
}
