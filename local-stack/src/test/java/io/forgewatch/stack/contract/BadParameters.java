package io.forgewatch.stack.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** All calls of an operation with one parameter that is wrong, by what its document says of each. */
final class BadParameters {

    private static final Set<String> SIGNED = Set.of("Signature-Input", "Signature", "Content-Digest");
    private static final String KEY = "Idempotency-Key";
    private static final int LONG = 600;
    private static final String FULL_WIDTH = "%EF%BC%91";

    private final Operation operation;
    private final Calls calls;
    private final List<BadInput> found = new ArrayList<>();

    private BadParameters(Operation operation, Calls calls) {
        this.operation = operation;
        this.calls = calls;
    }

    static List<BadInput> of(Operation operation, Calls calls) {
        BadParameters bad = new BadParameters(operation, calls);
        bad.around();
        operation.parameters("path").forEach(bad::path);
        operation.parameters("query").forEach(bad::query);
        operation.parameters("header").forEach(bad::header);
        return bad.found;
    }

    /** What no parameter is about. */
    private void around() {
        query("?unknown", "given", List.of("unknown=1"));
        found.add(new BadInput("Accept", "image/png", calls.to(operation).withHeader("Accept", "image/png")));
        found.add(new BadInput("method", "PATCH", calls.to(operation).withMethod("PATCH")));
    }

    private void path(JsonNode parameter) {
        String name = parameter.required("name").asString();
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("nonsense", "nonsense");
        wrong.put("NUL", "a%00b");
        wrong.put("full width", FULL_WIDTH);
        wrong.put("0", "0");
        wrong.put("-1", "-1");
        wrong.put("2^63", "9223372036854775808");
        wrong.put("long", "x".repeat(LONG));
        wrong.forEach((what, value) -> found.add(new BadInput(
                "{" + name + "}",
                what,
                calls.to(operation).withTarget(calls.target(operation, Map.of(name, value), calls.query(operation))))));
    }

    private void query(JsonNode parameter) {
        String name = parameter.required("name").asString();
        Map<String, List<String>> wrong = new LinkedHashMap<>();
        if (parameter.path("required").asBoolean(false)) {
            wrong.put("missing", List.of());
        }
        wrong.put("empty", List.of(""));
        wrong.put("nonsense", List.of("nonsense"));
        wrong.put("NUL", List.of("a%00b"));
        wrong.put("full width", List.of(FULL_WIDTH));
        wrong.put("0", List.of("0"));
        wrong.put("-1", List.of("-1"));
        wrong.put("1.5", List.of("1.5"));
        wrong.put("2^63", List.of("9223372036854775808"));
        wrong.put("year 1", List.of("0001-01-01T00:00:00Z"));
        wrong.put("year 99999", List.of("%2B99999-01-01T00:00:00Z"));
        wrong.put("without offset", List.of("2026-01-01T00:00:00"));
        wrong.put("long", List.of("x".repeat(LONG)));
        String good = calls.examples().value(parameter);
        wrong.put("twice", List.of(good, good));
        wrong.put("lower case", List.of(good.toLowerCase(Locale.ROOT)));
        wrong.forEach((what, values) -> query(
                "?" + name,
                what,
                values.stream()
                        .map(value -> name + "=" + value.replace(" ", "%20"))
                        .toList()));
    }

    private void query(String place, String wrong, List<String> given) {
        String name = place.substring(1) + "=";
        List<String> query = new ArrayList<>(calls.query(operation));
        query.removeIf(one -> one.startsWith(name));
        query.addAll(given);
        found.add(new BadInput(place, wrong, calls.to(operation).withTarget(calls.target(operation, Map.of(), query))));
    }

    private void header(JsonNode parameter) {
        String name = parameter.required("name").asString();
        Map<String, String> wrong = new LinkedHashMap<>();
        if (SIGNED.contains(name)) {
            wrong.put("empty", "");
        }
        wrong.put("blank", " ");
        wrong.put("a tab", "a\tb");
        wrong.put("long", "x".repeat(LONG));
        // Of a key anything else is good, and what is good changes what is asked next.
        if (!name.equals(KEY)) {
            wrong.put("nonsense", "nonsense");
            wrong.put("-1", "-1");
            wrong.put("9 times 10^18", "9000000000000000000");
            wrong.put("2^63", "9223372036854775808");
        }
        wrong.forEach((what, value) ->
                found.add(new BadInput(name + ":", what, calls.to(operation).withHeader(name, value))));
    }
}
