package io.forgewatch.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a JSON body, told without class names and without what the body said. */
final class BodyProblems {

    private static final int LONGEST_SAID = 200;

    private BodyProblems() {}

    static Problem of(JacksonException failure) {
        return switch (failure) {
            case StreamConstraintsException limit ->
                problem(
                        "malformed-json",
                        "The JSON goes beyond a limit: too deep, or a name, text or number too long. JSON 超出嵌套深度或长度限制。",
                        failure);
            case UnrecognizedPropertyException unknown ->
                problem("unknown-field", "There is no such field here. 未知字段。", failure);
            case ValueInstantiationException refused ->
                problem("invalid-value", said(refused).orElse("This can't be right. 取值无效。"), failure);
            case DatabindException mismatch ->
                problem("invalid-value", "A field is missing, or its value is of the wrong kind. 字段缺失或类型错误。", failure);
            case InputCoercionException range ->
                problem("invalid-value", "The number is out of range here. 数值超出范围。", failure);
            case StreamReadException unreadable
            when isDuplicate(unreadable) ->
                problem("malformed-json", "The same field stands there twice. 字段重复。", failure);
            default -> problem("malformed-json", "This is not JSON in UTF-8. 不是有效的 UTF-8 JSON。", failure);
        };
    }

    static Problem unreadable() {
        return new Problem(400, "malformed-json", "This is not JSON in UTF-8. 不是有效的 UTF-8 JSON。");
    }

    /** What a record's own constructor said when it refused; those texts are ours. */
    static Optional<String> said(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException && isOurs(cause) && cause.getMessage() != null) {
                return Optional.of(Quoted.of(cause.getMessage(), LONGEST_SAID));
            }
        }
        return Optional.empty();
    }

    /** Whether it was thrown by a constructor or a reader of text of ours, so that the value is to blame and not the code. */
    private static boolean isOurs(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length > 0
                && trace[0].getClassName().startsWith("io.forgewatch.")
                && List.of("<init>", "of", "parse", "fromWire").contains(trace[0].getMethodName());
    }

    private static boolean isDuplicate(StreamReadException failure) {
        return failure.getOriginalMessage().startsWith("Duplicate");
    }

    private static Problem problem(String code, String detail, JacksonException failure) {
        String pointer = JsonPointer.of(failure.getPath());
        return new Problem(400, code, detail, List.of(new Problem.Item(pointer, code, detail)), Map.of());
    }
}
