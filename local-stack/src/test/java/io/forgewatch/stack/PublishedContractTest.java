package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.web.SpecificationCheck;
import io.forgewatch.web.SpecificationNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Front ends are written from {@code openapi/}: what is there must be what both sides serve, and fit to be read. */
class PublishedContractTest {

    private final RunFile run = StackFixture.running();

    @Test
    void given_the_command_side_when_asked_for_its_contract_then_it_is_the_published_one() throws Exception {
        isPublished("command-side", run.command(), StackPort.COMMAND.usual());
    }

    @Test
    void given_the_query_side_when_asked_for_its_contract_then_it_is_the_published_one() throws Exception {
        isPublished("query-side", run.query(), StackPort.QUERY.usual());
    }

    @Test
    void given_both_contracts_when_a_client_merges_them_then_no_name_means_two_things() throws Exception {
        assertThat(SpecificationNames.twice(List.of(published("command-side"), published("query-side"))))
                .isEmpty();
    }

    private static JsonNode published(String name) throws Exception {
        return JsonMapper.shared().readTree(Path.of("..", "openapi", name + ".json"));
    }

    private static void isPublished(String name, String side, int usualPort) throws Exception {
        String served = OpenApiExport.asked(side, usualPort);
        assertThat(SpecificationCheck.faults(JsonMapper.shared().readTree(served)))
                .isEmpty();
        assertThat(served)
                .as("run './forgewatch openapi' and commit what it writes")
                .isEqualTo(Files.readString(Path.of("..", "openapi", name + ".json")));
    }
}
