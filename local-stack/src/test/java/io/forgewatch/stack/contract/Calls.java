package io.forgewatch.stack.contract;

import io.forgewatch.event.identity.Role;
import io.forgewatch.stack.RunFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One good call of each operation, about one works: made of the document's examples, and of what cannot be an example, since it is
 * so here only.
 *
 * @param registered the position of the works' registration
 */
record Calls(Examples examples, String registered, AtomicLong sequences) {

    /** Half a surrogate pair can only be sent as an escape. */
    private static final JsonMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final String SIGN_IN = "/auth/tokens";
    private static final String FRAMES = "/telemetry/frames";
    private static final String PLACE = "path";

    Call to(Operation operation) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", accepted(operation));
        byte[] body = {};
        long sequence = sequences.incrementAndGet();
        if (operation.body().isPresent()) {
            headers.put("Content-Type", "application/json");
            body = bytes(body(operation, sequence));
        }
        return new Call(operation.method(), target(operation, Map.of(), query(operation)), headers, body, sequence);
    }

    ObjectNode body(Operation operation, long sequence) {
        ObjectNode body = examples.body(operation);
        if (operation.path().equals(SIGN_IN)) {
            RunFile.Account account = Accounts.account(Role.ENTERPRISE, "enterprise:" + examples.works());
            body.put("username", account.username()).put("password", account.password());
        }
        if (operation.path().equals(FRAMES)) {
            body.put("sequence", sequence);
            body.required("readings")
                    .valueStream()
                    .forEach(reading ->
                            ((ObjectNode) reading).put("at", Instant.now().toEpochMilli()));
        }
        return body;
    }

    static byte[] bytes(JsonNode body) {
        return ESCAPED.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Its path and query.
     *
     * @param others values of path parameters that take the place of the good ones, as they are to be sent
     * @param query name and value, as they are to be sent
     */
    String target(Operation operation, Map<String, String> others, List<String> query) {
        String path = operation.path();
        for (JsonNode parameter : operation.parameters(PLACE)) {
            String name = parameter.required("name").asString();
            path = path.replace("{" + name + "}", others.getOrDefault(name, segment(operation, parameter)));
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    /** What is asked of it: only what has to be, and which works, where it can be asked. */
    List<String> query(Operation operation) {
        Stream<JsonNode> asked = operation.parameters("query").stream()
                .filter(one -> one.path("required").asBoolean(false)
                        || one.required("name").asString().equals("enterpriseId"));
        return asked.map(one -> one.required("name").asString() + "=" + good(one))
                .collect(Collectors.toList());
    }

    private String good(JsonNode parameter) {
        return switch (parameter.required("name").asString()) {
            case "from" -> "1";
            case "to" -> "2";
            default -> examples.value(parameter);
        };
    }

    private String segment(Operation operation, JsonNode parameter) {
        String name = parameter.required("name").asString();
        @Nullable
        String here = switch (name) {
            case "position" -> registered;
            // No tree here is so large that it had a full tile.
            case PLACE -> "000.p/1";
            case "n" -> "1";
            case "indicator" -> "BF_CW_P";
            default -> null;
        };
        if (here != null) {
            return here;
        }
        return parameter.has("example") ? examples.value(parameter) : examples.mine(subject(operation.path()));
    }

    private static String subject(String path) {
        return switch (path.substring(1).split("/", 2)[0]) {
            case "alarms" -> Works.ALARM;
            case "devices" -> Works.DEVICE;
            case "enterprises" -> Examples.OF;
            case "gateways" -> Works.GATEWAY;
            case "warnings" -> Works.WARNING;
            default -> throw new IllegalStateException("Of what is the id in " + path + "? Give it an example.");
        };
    }

    private static String accepted(Operation operation) {
        return operation.kind().isEmpty() ? "*/*" : operation.kind();
    }
}
