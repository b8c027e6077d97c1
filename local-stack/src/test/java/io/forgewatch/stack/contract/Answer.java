package io.forgewatch.stack.contract;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an operation answered.
 *
 * @param position where what was done stands; empty where nothing tells
 */
record Answer(int status, String contentType, String position, String body) {

    private static final int CONFLICT = 409;

    /** Whether it was done, or only what is there already stood against it. */
    boolean isTaken() {
        return status / 100 == 2 || status == CONFLICT;
    }

    /** Status, code and pointers of a refusal; of what was taken that it was, with the codes of the readings that were not. */
    String told() {
        JsonNode json = contentType.contains("json") && !contentType.contains("ndjson") && !body.isBlank()
                ? JsonMapper.shared().readTree(body)
                : JsonMapper.shared().createObjectNode();
        if (isTaken()) {
            List<String> refused = json.path("refused")
                    .valueStream()
                    .map(one -> one.required("code").asString())
                    .toList();
            return refused.isEmpty() ? "taken" : "taken but " + String.join(" ", refused);
        }
        return Stream.concat(
                        Stream.of(String.valueOf(status), json.path("code").asString("-")),
                        json.path("errors")
                                .valueStream()
                                .map(one -> one.required("pointer").asString()))
                .collect(Collectors.joining(" "));
    }
}
