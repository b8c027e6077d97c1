package io.forgewatch.web;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * Says of each operation with which errors it answers, those of every operation and those of its {@link Refusals}; gives it the
 * name of its method, by which generated clients call it ({@code listAlarms}, {@code signWarning}); and tells where a command's
 * answer says its position.
 */
final class CommonAnswers implements GlobalOperationCustomizer {

    /** A command is what takes such a key. */
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final String POSITION = "Forgewatch-Position";

    /** Operations that are open to who has to change a password first. */
    private static final List<String> OF_A_PASSWORD =
            List.of("AuthController.getOwnAccount", "PasswordController.changePassword", "SessionController.signOut");

    /** Each takes some methods, media types and parameters, and refuses others. */
    private static final List<String> OF_ALL = List.of(
            "internal-error",
            "invalid-parameter",
            "invalid-request",
            "method-not-allowed",
            "not-acceptable",
            "unavailable");

    private static final List<String> OF_A_BODY =
            List.of("body-too-large", "invalid-value", "malformed-json", "request-timeout", "unsupported-media-type");

    private final ProblemResponses responses;

    CommonAnswers(ProblemCatalogue catalogue) {
        this.responses = new ProblemResponses(catalogue);
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        // Not made unique by springdoc: one that is taken twice is to be seen.
        operation.setOperationId(handler.getMethod().getName());
        boolean open = !takesToken(operation);
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        // What springdoc makes of the answer's type, or what an older annotation says, is no problem.
        operation.getResponses().keySet().removeIf(CommonAnswers::isError);
        operation.getResponses().putAll(responses.of(codes(operation, handler, open)));
        if (isCommand(operation)) {
            operation.getResponses().forEach(CommonAnswers::positioned);
        }
        return operation;
    }

    private static Set<String> codes(Operation operation, HandlerMethod handler, boolean open) {
        List<MergedAnnotation<Refusals>> own = MergedAnnotations.from(handler.getMethod()).stream(Refusals.class)
                .toList();
        Set<String> codes = new TreeSet<>(OF_ALL);
        own.forEach(refusals -> codes.addAll(List.of(refusals.getStringArray("value"))));
        if (operation.getRequestBody() != null) {
            codes.addAll(OF_A_BODY);
        }
        // A frame is read by itself, and passes over what it does not know.
        if (Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
            codes.add("unknown-field");
        }
        if (!open) {
            codes.addAll(List.of("token-missing", "token-invalid", "token-expired"));
            if (OF_A_PASSWORD.stream()
                    .noneMatch((handler.getBeanType().getSimpleName() + "."
                                    + handler.getMethod().getName())
                            ::startsWith)) {
                codes.add("password-change-required");
            }
            if (own.stream().allMatch(refusals -> refusals.getBoolean("forbids"))) {
                codes.add("forbidden");
            }
        }
        if (Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class))) {
            codes.add("not-found");
        }
        return codes;
    }

    private static boolean isCommand(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().map(Parameter::getName).anyMatch(IDEMPOTENCY_KEY::equals);
    }

    private static void positioned(String status, ApiResponse response) {
        if (status.startsWith("2")) {
            response.addHeaderObject(
                    POSITION,
                    new Header()
                            .description("Where what was done stands: a read that carries it waits until it shows it")
                            .schema(new Schema<Long>()
                                    .types(Set.of("integer"))
                                    .format("int64")
                                    .example(4711)));
        }
    }

    private static boolean isError(String status) {
        return status.startsWith("4") || status.startsWith("5");
    }

    /** What says nothing else of it is asked for a token. */
    private static boolean takesToken(Operation operation) {
        return operation.getSecurity() == null
                || operation.getSecurity().stream().anyMatch(one -> one.containsKey(Specification.BEARER));
    }

    /** The schemas that the answers refer to. */
    @SuppressWarnings("rawtypes")
    static Map<String, Schema> schemas() {
        return ModelConverters.getInstance(true).readAll(new AnnotatedType(ProblemAnswers.Body.class));
    }
}
