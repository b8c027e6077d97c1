package io.forgewatch.command.audit;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps secrets from auditors too: fields that hold one say so and nothing else. */
final class Redaction {

    private static final String REDACTED = "(redacted)";
    private static final Set<String> SECRET = Set.of("passwordHash", "sealedSecret");

    private Redaction() {}

    /** Changes and returns the node. */
    static <N extends JsonNode> N of(N node) {
        if (node instanceof ObjectNode fields) {
            SECRET.stream().filter(fields::has).forEach(name -> fields.put(name, REDACTED));
        }
        node.forEach(Redaction::of);
        return node;
    }
}
