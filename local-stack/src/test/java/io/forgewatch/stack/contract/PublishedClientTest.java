package io.forgewatch.stack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What others make of {@code openapi/} with their own tools: a lint, a comparison, a client, and a program that uses it. */
class PublishedClientTest {

    private static NodeFolder node;

    @BeforeAll
    static void the_tools_are_there() throws Exception {
        node = NodeFolder.prepared(
                Path.of("..", "openapi"), Path.of("target", "clients"), Path.of("target", "openapi"));
    }

    @Test
    void given_the_published_contracts_when_linted_then_there_is_neither_error_nor_warning() throws Exception {
        succeeded(node.tool("redocly", "lint", "--config", "redocly.yaml", "command-side.json", "query-side.json"));
    }

    @Test
    void given_the_contracts_that_were_published_last_when_compared_then_no_client_breaks() throws Exception {
        succeeded(node.node("compare.mjs"));
    }

    @Test
    void given_changes_that_break_and_changes_that_do_not_when_compared_then_it_tells_them_apart() throws Exception {
        succeeded(node.node("--test", "compare.test.mjs"));
    }

    @Test
    void given_generated_clients_when_compiled_strictly_then_a_program_signs_in_follows_and_answers() throws Exception {
        succeeded(node.tool("tsc", "--project", "tsconfig.json"));

        RunFile run = StackFixture.running();
        RunFile.Account works = run.accounts().get("enterprise");
        NodeFolder.Ended sample = node.node(
                "compiled/sample/answer-warning.js", run.command(), run.query(), works.username(), works.password());

        JsonNode told = JsonMapper.shared().readTree(succeeded(sample));
        assertThat(told.required("warning").asString())
                .startsWith(run.gateways().getFirst().enterpriseId());
        assertThat(told.required("status").asString()).isNotIn("UNSIGNED", "SIGNED");
        assertThat(told.required("answers").asInt()).isPositive();
    }

    private static String succeeded(NodeFolder.Ended ended) {
        assertThat(ended.code()).as(ended.said()).isZero();
        return ended.said();
    }
}
