package io.forgewatch.web;

import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Problems as the specification tells them: for each status the codes that it comes with, each with its meaning and an example. */
final class ProblemResponses {

    static final String PROBLEM_JSON = "application/problem+json";

    private static final String PROBLEM_REF = "#/components/schemas/Problem";

    /** Of a body or a query: what a pointer leads to. */
    private static final Map<String, String> POINTED =
            Map.of("invalid-parameter", "#/limit", "invalid-value", "#/name", "unknown-field", "#/colour");

    private final ProblemCatalogue catalogue;

    ProblemResponses(ProblemCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * By status.
     *
     * @param codes each alone, or with another status than it usually has before it: {@code 422:unknown-indicator}
     * @throws IllegalArgumentException for a code that is not in the catalogue
     */
    SortedMap<String, ApiResponse> of(Collection<String> codes) {
        SortedMap<Integer, SortedSet<String>> byStatus = new TreeMap<>();
        for (String code : codes) {
            int colon = code.indexOf(':');
            String plain = code.substring(colon + 1);
            int status = colon < 0 ? entry(plain).status() : Integer.parseInt(code.substring(0, colon));
            byStatus.computeIfAbsent(status, first -> new TreeSet<>()).add(plain);
        }
        SortedMap<String, ApiResponse> responses = new TreeMap<>();
        byStatus.forEach((status, plain) -> responses.put(Integer.toString(status), response(status, plain)));
        return responses;
    }

    private ApiResponse response(int status, Collection<String> codes) {
        Map<String, Example> examples = new LinkedHashMap<>();
        codes.forEach(code -> examples.put(code, new Example().value(example(status, code))));
        ApiResponse response = new ApiResponse()
                .description(codes.stream()
                        .map(code -> code + ": " + entry(code).meaning().en())
                        .collect(Collectors.joining("\n\n")))
                .content(new Content()
                        .addMediaType(
                                PROBLEM_JSON,
                                new MediaType()
                                        .schema(new Schema<>().$ref(PROBLEM_REF))
                                        .examples(examples)));
        switch (status) {
            case 401 ->
                response.addHeaderObject(
                        "WWW-Authenticate",
                        new Header()
                                .description("How to sign in (RFC 9110)")
                                .schema(new Schema<String>()
                                        .types(Set.of("string"))
                                        .example("Bearer realm=\"forgewatch\"")));
            case 429, 503 ->
                response.addHeaderObject(
                        "Retry-After",
                        new Header()
                                .description("Ask again after so many seconds")
                                .schema(new Schema<Integer>()
                                        .types(Set.of("integer"))
                                        .minimum(BigDecimal.ONE)
                                        .example(1)));
            default -> {}
        }
        return response;
    }

    private Map<String, Object> example(int status, String code) {
        ProblemCatalogue.Entry entry = entry(code);
        String detail = entry.meaning().en() + " " + entry.meaning().zh();
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", "/problems/" + code);
        example.put("title", catalogue.title(code, status));
        example.put("status", status);
        example.put("detail", detail);
        example.put("code", code);
        example.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        example.put(
                "errors",
                POINTED.containsKey(code)
                        ? List.of(Map.of("pointer", String.valueOf(POINTED.get(code)), "code", code, "detail", detail))
                        : List.of());
        return example;
    }

    private ProblemCatalogue.Entry entry(String code) {
        return catalogue.entry(code).orElseThrow(() -> new IllegalArgumentException(code + " is not in problems.json"));
    }
}
