package io.forgewatch.web;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Says once what many operations share: errors that several answer alike become components. Says of what is only ever answered
 * that all its fields are there: one that may be null is null then, and never missing. And leaves out what no operation uses.
 */
final class SharedParts implements GlobalOpenApiCustomizer {

    private static final Pattern SCHEMA = Pattern.compile("\"#/components/schemas/([^\"]+)\"");

    @Override
    public void customise(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        answered(document);
        shareErrors(document);
        onlyUsed(document);
        inOrder(document);
    }

    /** Of the ways to say who calls: those that an operation takes. */
    private static void onlyUsed(OpenAPI document) {
        Set<String> used = Stream.concat(
                        stream(document.getSecurity()),
                        operations(document).flatMap(operation -> stream(operation.getSecurity())))
                .flatMap(requirement -> requirement.keySet().stream())
                .collect(Collectors.toSet());
        Optional.ofNullable(document.getComponents().getSecuritySchemes())
                .ifPresent(schemes -> schemes.keySet().retainAll(used));
    }

    /** The same document at each start. */
    private static void inOrder(OpenAPI document) {
        if (document.getTags() != null) {
            document.setTags(document.getTags().stream()
                    .sorted(Comparator.comparing(Tag::getName))
                    .toList());
        }
    }

    private static <T> Stream<T> stream(@Nullable List<T> some) {
        return some == null ? Stream.empty() : some.stream();
    }

    private static void shareErrors(OpenAPI document) {
        Map<String, List<Map.Entry<String, ApiResponse>>> alike = new TreeMap<>();
        operations(document)
                .flatMap(operation -> operation.getResponses().entrySet().stream())
                .filter(response ->
                        response.getKey().startsWith("4") || response.getKey().startsWith("5"))
                .filter(response -> response.getValue().get$ref() == null)
                .forEach(response -> alike.computeIfAbsent(
                                name(response.getKey(), response.getValue()), first -> new ArrayList<>())
                        .add(response));
        alike.forEach((name, uses) -> {
            if (uses.size() > 1) {
                document.getComponents().addResponses(name, uses.getFirst().getValue());
                uses.forEach(use -> use.setValue(new ApiResponse().$ref("#/components/responses/" + name)));
            }
        });
    }

    /** By its status and the codes that it comes with: the same name, the same answer. */
    private static String name(String status, ApiResponse response) {
        return Objects.requireNonNull(response.getContent().get(ProblemResponses.PROBLEM_JSON))
                .getExamples()
                .keySet()
                .stream()
                .sorted()
                .collect(Collectors.joining(".", status + ".", ""));
    }

    private static void answered(OpenAPI document) {
        @SuppressWarnings("rawtypes")
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        if (schemas == null) {
            return;
        }
        Set<String> asked = reached(
                schemas,
                operations(document)
                        .filter(operation -> operation.getRequestBody() != null)
                        .map(operation -> Json31.pretty(operation.getRequestBody()))
                        .collect(Collectors.joining()));
        Set<String> given = reached(
                schemas,
                operations(document)
                        .map(operation -> Json31.pretty(operation.getResponses()))
                        .collect(Collectors.joining()));
        schemas.forEach((name, schema) -> {
            if (given.contains(name) && !asked.contains(name) && schema.getProperties() != null) {
                allRequired(schema);
            }
        });
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static void allRequired(Schema schema) {
        schema.setRequired(new ArrayList<String>(schema.getProperties().keySet()));
    }

    /** Names of the schemas that a text of JSON leads to, directly or by way of others. */
    @SuppressWarnings("rawtypes")
    private static Set<String> reached(Map<String, Schema> schemas, String json) {
        Set<String> reached = new HashSet<>();
        Map<String, String> texts = new HashMap<>();
        List<String> ahead = new ArrayList<>(List.of(json));
        while (!ahead.isEmpty()) {
            Matcher names = SCHEMA.matcher(ahead.removeLast());
            while (names.find()) {
                String name = names.group(1);
                if (reached.add(name) && schemas.containsKey(name)) {
                    ahead.add(texts.computeIfAbsent(name, one -> Json31.pretty(schemas.get(one))));
                }
            }
        }
        return reached;
    }

    private static Stream<Operation> operations(OpenAPI document) {
        return document.getPaths().values().stream().flatMap(path -> path.readOperations().stream());
    }
}
