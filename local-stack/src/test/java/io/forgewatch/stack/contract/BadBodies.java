package io.forgewatch.stack.contract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All bodies of an operation that are wrong in one place, by what its document says of each field. */
final class BadBodies {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONG_UNSAID = 5_000;
    private static final int MANY = 501;
    private static final String BEYOND_BMP = "\uD840\uDC00";

    private final Operation operation;
    private final Calls calls;
    private final List<BadInput> found = new ArrayList<>();

    private BadBodies(Operation operation, Calls calls) {
        this.operation = operation;
        this.calls = calls;
    }

    static List<BadInput> of(Operation operation, Calls calls) {
        BadBodies bad = new BadBodies(operation, calls);
        operation.body().ifPresent(schema -> {
            bad.whole();
            bad.fields(schema, "");
        });
        return bad.found;
    }

    private void whole() {
        text("none", "");
        text("no JSON", "{");
        text("array", "[]");
        text("null", "null");
        text("text", "\"text\"");
        Call good = calls.to(operation);
        String json = new String(good.body(), StandardCharsets.UTF_8);
        String first = JsonMapper.shared()
                .readTree(json)
                .properties()
                .iterator()
                .next()
                .getKey();
        text("first field twice", "{\"" + first + "\":null," + json.substring(1));
        text("more behind it", json + "{}");
        found.add(new BadInput("body", "no UTF-8", good.withBody(new byte[] {'{', '"', (byte) 0xc3, '"', '}'})));
        found.add(new BadInput("body", "as text/plain", calls.to(operation).withHeader("Content-Type", "text/plain")));
        found.add(new BadInput("body", "without type", calls.to(operation).withHeader("Content-Type", "")));
    }

    private void text(String wrong, String body) {
        found.add(new BadInput("body", wrong, calls.to(operation).withBody(body.getBytes(StandardCharsets.UTF_8))));
    }

    private void fields(JsonNode schema, String pointer) {
        JsonNode meant = operation.meant(schema);
        put(pointer + "/unknown", "unknown", NODES.numberNode(1));
        meant.required("properties").properties().forEach(one -> {
            String place = pointer + "/" + one.getKey();
            put(place, "missing", null);
            field(one.getValue(), place);
        });
    }

    private void field(JsonNode schema, String place) {
        JsonNode meant = operation.meant(schema);
        put(place, "null", NODES.nullNode());
        String type = Examples.type(meant);
        if (!type.equals("object")) {
            put(place, "object", NODES.objectNode());
        }
        values(meant, type).forEach((wrong, value) -> put(place, wrong, value));
        switch (type) {
            case "array" -> items(meant, place);
            case "object" -> fields(meant, place);
            default -> {}
        }
    }

    private static Map<String, JsonNode> values(JsonNode schema, String type) {
        Map<String, JsonNode> wrong = new LinkedHashMap<>();
        switch (type) {
            case "integer" -> {
                numbers(wrong);
                wrong.put("1.5", NODES.numberNode(1.5));
                wrong.put("2^63", NODES.numberNode(new BigInteger("9223372036854775808")));
            }
            case "number" -> numbers(wrong);
            case "boolean" -> {
                wrong.put("text", NODES.stringNode("yes"));
                wrong.put("number", NODES.numberNode(1));
            }
            case "array", "object" -> {
                wrong.put("text", NODES.stringNode("text"));
                wrong.put("number", NODES.numberNode(7));
            }
            default -> texts(schema, wrong);
        }
        return wrong;
    }

    private static void numbers(Map<String, JsonNode> wrong) {
        wrong.put("text", NODES.stringNode("x"));
        wrong.put("number as text", NODES.stringNode("1"));
        wrong.put("true", NODES.booleanNode(true));
        wrong.put("0", NODES.numberNode(0));
        wrong.put("-1", NODES.numberNode(-1));
        wrong.put("1e400", NODES.numberNode(new BigDecimal("1e400")));
        wrong.put("1e300", NODES.numberNode(1e300));
    }

    private static void texts(JsonNode schema, Map<String, JsonNode> wrong) {
        wrong.put("number", NODES.numberNode(7));
        wrong.put("array", NODES.arrayNode());
        if (schema.path("format").asString("").equals("date-time")) {
            instants(wrong);
            return;
        }
        int most = schema.path("maxLength").asInt(0);
        texts(wrong, Map.of("empty", "", "blank", "  ", "nonsense", "nonsense"));
        texts(wrong, Map.of("NUL", "a\u0000b"));
        texts(wrong, Map.of("bell", "a\u0007b"));
        texts(wrong, Map.of("half a pair", "a\uD840b"));
        texts(wrong, Map.of("full width", "１２３４５６"));
        texts(wrong, Map.of("too long", "x".repeat(most == 0 ? LONG_UNSAID : most + 1)));
        if (most > 0) {
            texts(wrong, Map.of("longest beyond the BMP", BEYOND_BMP.repeat(most)));
        }
    }

    private static void instants(Map<String, JsonNode> wrong) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        texts(wrong, Map.of("nonsense", "nonsense"));
        texts(wrong, Map.of("without offset", "2026-01-01T00:00:00"));
        texts(wrong, Map.of("date only", "2026-01-01"));
        texts(wrong, Map.of("year 1", "0001-01-01T00:00:00Z"));
        texts(wrong, Map.of("year 99999", "+99999-01-01T00:00:00Z"));
        texts(wrong, Map.of("in 2 hours", now.plus(Duration.ofHours(2)).toString()));
        texts(wrong, Map.of("in 60 days", now.plus(Duration.ofDays(60)).toString()));
        texts(wrong, Map.of("500 days ago", now.minus(Duration.ofDays(500)).toString()));
        wrong.put("seconds", NODES.numberNode(now.getEpochSecond()));
        wrong.put("milliseconds", NODES.numberNode(now.toEpochMilli()));
    }

    private static void texts(Map<String, JsonNode> wrong, Map<String, String> values) {
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> wrong.put(one.getKey(), NODES.stringNode(one.getValue())));
    }

    private void items(JsonNode schema, String place) {
        put(place, "empty", NODES.arrayNode());
        put(place, "[null]", NODES.arrayNode().addNull());
        JsonNode items = calls.body(operation, 1).at(place);
        if (items instanceof ArrayNode some && !some.isEmpty()) {
            ArrayNode many = NODES.arrayNode();
            for (int i = 0; i < MANY; i++) {
                many.add(some.get(0));
            }
            put(place, MANY + " times the first", many);
            field(schema.required("items"), place + "/0");
        }
    }

    /** @param value null to leave it out */
    private void put(String place, String wrong, @Nullable JsonNode value) {
        Call good = calls.to(operation);
        ObjectNode body = calls.body(operation, good.sequence());
        int last = place.lastIndexOf('/');
        JsonNode parent = body.at(place.substring(0, last));
        String name = place.substring(last + 1);
        switch (parent) {
            case ObjectNode object when value == null -> object.remove(name);
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array when value != null -> array.set(Integer.parseInt(name), value);
            // What an example leaves out has no fields.
            default -> {
                return;
            }
        }
        found.add(new BadInput(place, wrong, good.withBody(Calls.bytes(body))));
    }
}
