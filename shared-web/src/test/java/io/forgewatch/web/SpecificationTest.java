package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecificationTest {

    @Test
    void givenASide_whenItsSpecificationIsRead_thenItIsStableAndSaysWhatAllShare() {
        String first;
        try (EdgeServer server = new EdgeServer(Map.of())) {
            first = server.send(server.request("/v3/api-docs")).body();
        }
        try (EdgeServer server = new EdgeServer(Map.of())) {
            assertThat(server.send(server.request("/v3/api-docs")).body()).isEqualTo(first);
        }
        JsonNode document = JsonMapper.shared().readTree(first);
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.at("/servers/0/url").asString()).isEqualTo("/");
        assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
        JsonNode thing = document.at("/components/schemas/Thing");
        assertThat(thing.at("/properties/note/type").values().stream().map(JsonNode::asString))
                .contains("string", "null");
        assertThat(thing.path("required").values().stream().map(JsonNode::asString))
                .contains("name", "count", "parts")
                .doesNotContain("note");
        JsonNode problem = document.at("/components/schemas/Problem");
        assertThat(problem.path("required")).hasSize(7);
        JsonNode list = document.at("/paths/~1list/get");
        assertThat(list.path("parameters").values().stream()
                        .map(parameter -> parameter.path("name").asString()))
                .containsExactlyInAnyOrder("limit", "cursor", "actor", "from", "region");
        assertThat(list.at("/responses/401/$ref").asString())
                .isEqualTo("#/components/responses/401.token-expired.token-invalid.token-missing");
        JsonNode shared = document.at("/components/responses").path("401.token-expired.token-invalid.token-missing");
        assertThat(shared.at("/content/application~1problem+json/schema/$ref").asString())
                .isEqualTo("#/components/schemas/Problem");
        assertThat(shared.at("/headers/WWW-Authenticate/schema/type").asString())
                .isEqualTo("string");
        assertThat(document.at("/components/responses")
                        .path("503.unavailable")
                        .at("/headers/Retry-After/schema/type")
                        .asString())
                .isEqualTo("integer");
        assertThat(document.at("/paths/~1me/get/parameters").isMissingNode()).isTrue();
        assertThat(codes(document, "/paths/~1me/get"))
                .contains("invalid-parameter", "invalid-request", "method-not-allowed", "not-acceptable")
                .doesNotContain("unknown-field", "request-timeout", "unsupported-media-type");
        assertThat(codes(document, "/paths/~1things/post"))
                .contains("invalid-parameter", "unknown-field", "request-timeout", "unsupported-media-type");
        assertThat(SpecificationCheck.faults(document))
                .contains(
                        "get /me has no summary",
                        "get /me has no example",
                        "asked has a parameter without a description: from")
                .noneMatch(fault -> fault.contains("does not tell"));
    }

    /** Those of all refusals of an operation. */
    private static Set<String> codes(JsonNode document, String operation) {
        return document.at(operation).path("responses").values().stream()
                .map(answer -> answer.has("$ref")
                        ? document.at(answer.path("$ref").asString().substring(1))
                        : answer)
                .flatMap(answer -> answer.at("/content/application~1problem+json/examples").propertyNames().stream())
                .collect(Collectors.toSet());
    }

    @Test
    void givenASide_whenItsPageIsOpened_thenItIsThere() {
        try (EdgeServer server = new EdgeServer(Map.of())) {
            HttpResponse<String> redirect = server.send(server.request("/swagger-ui.html"));
            assertThat(redirect.statusCode()).isBetween(300, 399);
            String page = redirect.headers().firstValue("Location").orElseThrow();
            assertThat(server.send(server.request(java.net.URI.create(page).getPath()))
                            .body())
                    .contains("Swagger UI");
            assertThat(server.send(server.request("/v3/api-docs/swagger-config"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
