package io.forgewatch.web;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation the errors that it can answer with like any other, and a name that does not depend on the others. */
final class CommonAnswers implements GlobalOperationCustomizer {

    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String PROBLEM_REF = "#/components/schemas/Problem";

    /** Operations that need no token. */
    private static final List<String> OPEN =
            List.of("AuthController.signIn", "AuthController.keys", "FrameController.");

    private final ProblemCatalogue catalogue;

    CommonAnswers(ProblemCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        String controller = handler.getBeanType().getSimpleName();
        operation.setOperationId(operationId(controller, handler.getMethod().getName()));
        boolean open =
                OPEN.stream().anyMatch((controller + "." + handler.getMethod().getName())::startsWith);
        if (open) {
            operation.setSecurity(List.of());
        }
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        common(operation, open)
                .forEach((status, code) -> operation
                        .getResponses()
                        .computeIfAbsent(status, absent -> new ApiResponse().description(description(code))));
        operation.getResponses().forEach(this::completed);
        return operation;
    }

    private static Map<String, String> common(Operation operation, boolean open) {
        Map<String, String> common = new LinkedHashMap<>();
        common.put("400", operation.getRequestBody() == null ? "invalid-parameter" : "invalid-value");
        if (!open) {
            common.put("401", "token-invalid");
            common.put("403", "forbidden");
        }
        if (operation.getRequestBody() != null) {
            common.put("413", "body-too-large");
            common.put("415", "unsupported-media-type");
        }
        common.put("500", "internal-error");
        common.put("503", "unavailable");
        return common;
    }

    private void completed(String status, ApiResponse response) {
        if (!status.startsWith("4") && !status.startsWith("5")) {
            return;
        }
        Content content = response.getContent() == null ? new Content() : response.getContent();
        // An operation's own answer type is no error's.
        content.keySet().removeIf(type -> !type.equals(PROBLEM_JSON));
        MediaType media = content.computeIfAbsent(PROBLEM_JSON, absent -> new MediaType());
        media.setSchema(new Schema<>().$ref(PROBLEM_REF));
        if (media.getExample() == null
                && (media.getExamples() == null || media.getExamples().isEmpty())) {
            media.setExamples(Map.of("problem", new Example().value(example(Integer.parseInt(status), response))));
        }
        response.setContent(content);
    }

    private Map<String, Object> example(int status, ApiResponse response) {
        String code = catalogue.codes().stream()
                .filter(known -> String.valueOf(response.getDescription()).contains(known))
                .findFirst()
                .orElseGet(() -> usual(status));
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", "/problems/" + code);
        example.put("title", catalogue.title(code, status));
        example.put("status", status);
        example.put(
                "detail",
                catalogue.entry(code).map(entry -> entry.meaning().en()).orElse(code));
        example.put("code", code);
        example.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        example.put("errors", List.of());
        return example;
    }

    private String usual(int status) {
        return catalogue.codes().stream()
                .filter(code -> catalogue.entry(code).orElseThrow().status() == status)
                .findFirst()
                .orElse("invalid-request");
    }

    private String description(String code) {
        return code + ": "
                + catalogue.entry(code).map(entry -> entry.meaning().en()).orElse("");
    }

    private static String operationId(String controller, String method) {
        String subject = controller.replaceFirst("Controller$", "");
        return subject.substring(0, 1).toLowerCase(Locale.ROOT)
                + subject.substring(1)
                + method.substring(0, 1).toUpperCase(Locale.ROOT)
                + method.substring(1);
    }

    /** The schemas that the answers refer to. */
    @SuppressWarnings("rawtypes")
    static Map<String, Schema> schemas() {
        return ModelConverters.getInstance(true).readAll(new AnnotatedType(ProblemAnswers.Body.class));
    }
}
