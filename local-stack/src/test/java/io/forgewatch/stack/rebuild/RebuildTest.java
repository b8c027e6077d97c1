package io.forgewatch.stack.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.StackFixture;
import io.forgewatch.stack.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against the whole house: its views are built anew while it runs. */
class RebuildTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    private Path runFile() throws Exception {
        RunFile running = StackFixture.running();
        Path file = home.resolve("run.json");
        Files.writeString(file, new JsonMapper().writeValueAsString(running));
        return file;
    }

    @Test
    void given_the_running_house_when_all_views_are_rebuilt_then_each_new_one_serves_at_the_end() throws Exception {
        Path file = runFile();
        ProjectionsApi projections = new ProjectionsApi(RunFile.read(file));
        int before = build(projections, "warnings");

        Rebuild.of("all", file, out, false);

        assertThat(build(projections, "warnings")).isGreaterThan(before);
        for (String name : projections.names()) {
            assertThat(shown.toString(StandardCharsets.UTF_8)).contains(name, "100 %");
        }
    }

    @Test
    void given_a_copy_that_lost_its_beginning_when_kafka_is_rebuilt_then_it_is_whole_and_all_views_are_made_from_it()
            throws Exception {
        Path file = runFile();
        ProjectionsApi projections = new ProjectionsApi(RunFile.read(file));
        int before = build(projections, "warnings");
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", RunFile.read(file).kafka()))) {
            admin.deleteRecords(Map.of(new TopicPartition("forgewatch.events", 0), RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
        }

        Rebuild.of("kafka", file, out, false);

        JsonNode copy = projections.copy();
        assertThat(copy.required("stray").isNull()).isTrue();
        assertThat(copy.required("copied").asLong()).isPositive();
        assertThat(build(projections, "warnings")).isGreaterThan(before);
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("written anew", "kafka", "warnings", "100 %");
        for (String name : projections.names()) {
            assertThat(projections.view(name).orElseThrow().required("stopped").isNull())
                    .as(name)
                    .isTrue();
        }

        Rebuild.of("kafka", file, out, false);
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("as the store is");
    }

    @Test
    void given_a_view_that_there_is_not_when_it_is_to_be_rebuilt_then_those_there_are_are_named() throws Exception {
        Path file = runFile();

        assertThatThrownBy(() -> Rebuild.of("weather", file, out, false))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("weather", "alarms", "devices", "enterprises", "overview", "warnings");
    }

    @Test
    void given_nothing_that_runs_when_a_view_is_to_be_rebuilt_then_it_says_so() {
        assertThatThrownBy(() -> Rebuild.of("warnings", home.resolve("run.json"), out, false))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("./forgewatch run");
    }

    private static int build(ProjectionsApi projections, String name) throws Exception {
        return projections.view(name).orElseThrow().required("build").asInt();
    }
}
