package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {

    @TempDir
    Path folder;

    @Test
    void given_one_of_each_side_when_written_then_instances_are_not_named_and_each_side_has_its_one_address()
            throws Exception {
        Path file = folder.resolve("run.json");
        RunFile run = with(List.of());
        run.write(file);
        assertThat(Files.readString(file)).doesNotContain("instances", "commands", "queries");
        assertThat(RunFile.read(file)).isEqualTo(run);
        assertThat(run.commands()).containsExactly("http://127.0.0.1:1");
        assertThat(run.queries()).containsExactly("http://127.0.0.1:2");
    }

    @Test
    void given_two_of_each_when_written_and_read_then_each_side_has_its_addresses_in_order() throws Exception {
        Path file = folder.resolve("run.json");
        RunFile run = with(List.of(
                new RunFile.Instance("command", "http://127.0.0.1:1", 11),
                new RunFile.Instance("query", "http://127.0.0.1:2", 12),
                new RunFile.Instance("command", "http://127.0.0.1:3", 13),
                new RunFile.Instance("query", "http://127.0.0.1:4", 14)));
        run.write(file);
        RunFile read = RunFile.read(file);
        assertThat(read).isEqualTo(run);
        assertThat(read.commands()).containsExactly("http://127.0.0.1:1", "http://127.0.0.1:3");
        assertThat(read.queries()).containsExactly("http://127.0.0.1:2", "http://127.0.0.1:4");
        assertThat(read.peopled(Map.of(), List.of()).instances()).hasSize(4);
    }

    private static RunFile with(List<RunFile.Instance> instances) {
        return new RunFile(
                1,
                "http://127.0.0.1:1",
                "http://127.0.0.1:2",
                "postgresql://u:p@127.0.0.1:3/db",
                "127.0.0.1:4",
                "mongodb://127.0.0.1:5",
                Map.of("ministry", new RunFile.Account("ministry", "secret")),
                List.of(),
                instances);
    }
}
