package io.forgewatch.stack.contract;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One operation as a side's document tells it.
 *
 * @param side the address of the side that serves it
 * @param kind what is asked for, where that is not the first that it answers with; else empty
 * @param described the operation in the document
 * @param schemas all of the document's
 */
record Operation(String side, String method, String path, String kind, JsonNode described, JsonNode schemas) {

    /** As people write it, such as {@code GET /alarms/{id}}. */
    String name() {
        return method + " " + path + (kind.isEmpty() ? "" : " as " + kind);
    }

    /** @param in {@code path}, {@code query} or {@code header} */
    List<JsonNode> parameters(String in) {
        return described
                .path("parameters")
                .valueStream()
                .filter(one -> one.required("in").asString().equals(in))
                .toList();
    }

    /** What its body has to be, if it takes one. */
    Optional<JsonNode> body() {
        JsonNode content = described.path("requestBody").path("content").path("application/json");
        return content.isMissingNode() ? Optional.empty() : Optional.of(content.required("schema"));
    }

    /** A schema itself, where this one only names it. */
    JsonNode meant(JsonNode schema) {
        JsonNode named = schema.path("$ref");
        if (named.isMissingNode()) {
            return schema.path("anyOf")
                    .valueStream()
                    .filter(one -> !one.path("type").asString("").equals("null"))
                    .findFirst()
                    .map(this::meant)
                    .orElse(schema);
        }
        String name = named.asString();
        return meant(schemas.required(name.substring(name.lastIndexOf('/') + 1)));
    }

    @Override
    public String toString() {
        return name();
    }
}
