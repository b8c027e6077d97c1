package io.forgewatch.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says what is wrong, by RFC 9457. Thrown anywhere below a controller; {@code ProblemAnswers} writes it.
 */
public class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Item> errors;
    private final transient Map<String, String> headers;

    /**
     * One wrong item of a request.
     *
     * @param pointer JSON pointer into the request, such as {@code #/readings/3/value}
     */
    @Schema(name = "ProblemItem")
    public record Item(
            @Schema(
                    description = "A JSON pointer into the body, or # and / before a parameter's name",
                    example = "#/readings/3/value")
            String pointer,

            @Schema(example = "invalid-value") String code,

            @Schema(description = "What is wrong, in English and Chinese")
            String detail) {}

    public Problem(int status, String code, String detail) {
        this(status, code, detail, List.of(), Map.of());
    }

    public Problem(int status, String code, String detail, List<Item> errors, Map<String, String> headers) {
        this(status, code, detail, errors, headers, null);
    }

    private Problem(
            int status,
            String code,
            String detail,
            List<Item> errors,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(detail, cause, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public static Problem notFound() {
        return new Problem(
                404, "not-found", "There is nothing here, or it is outside your jurisdiction. 不存在，或不在管辖范围内。");
    }

    public static Problem forbidden() {
        return new Problem(403, "forbidden", "Your role may not do this. 当前角色无权执行此操作。");
    }

    /** 401, with the challenge that RFC 6750 asks for. */
    public static Problem unauthorized(String code, String detail) {
        return new Problem(401, code, detail, List.of(), Map.of("WWW-Authenticate", "Bearer realm=\"forgewatch\""));
    }

    /** 503: try again after some seconds. */
    public static Problem unavailable(int retryAfterSeconds) {
        return unavailable(retryAfterSeconds, null);
    }

    /** @param cause what is not there, for the log only */
    public static Problem unavailable(int retryAfterSeconds, @Nullable Throwable cause) {
        return new Problem(
                503,
                "unavailable",
                "Too busy, or a part is not there at the moment: try again. 服务繁忙或暂不可用，请稍后重试。",
                List.of(),
                Map.of("Retry-After", Integer.toString(retryAfterSeconds)),
                cause);
    }

    /** 503: what is read until a view is built cannot tell what is asked. */
    public static Problem viewBuilding() {
        return new Problem(
                503,
                "view-building",
                "The view that knows this is being built: try again. 所需视图正在重建，请稍后重试。",
                List.of(),
                Map.of("Retry-After", "10"));
    }

    public static Problem invalidParameter(String name, String detail) {
        return new Problem(
                400,
                "invalid-parameter",
                detail,
                List.of(new Item("#/" + name, "invalid-parameter", detail)),
                Map.of());
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Item> errors() {
        return errors;
    }

    /** Headers of the answer, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }
}
