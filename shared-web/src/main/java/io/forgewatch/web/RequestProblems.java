package io.forgewatch.web;

import io.netty.channel.ChannelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.CodecException;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import reactor.netty.channel.AbortedException;
import tools.jackson.core.JacksonException;

/** What Spring's own failures mean to a caller. */
final class RequestProblems implements ProblemTranslation {

    @Override
    public Optional<Problem> problem(Throwable failure) {
        return switch (failure) {
            case Problem problem -> Optional.of(problem);
            case ServerWebInputException input -> Optional.of(input(input));
            case ResponseStatusException status -> status(status);
            case DataBufferLimitException tooLarge -> Optional.of(tooLarge());
            case DecodingException undecodable ->
                cause(undecodable, JacksonException.class).map(BodyProblems::of);
            case io.netty.handler.timeout.TimeoutException slow -> Optional.of(tooSlow());
            // Reactor Netty keeps the class of this one to itself.
            case ChannelException slow
            when slow.getClass().getSimpleName().equals("RequestTimeoutException") -> Optional.of(tooSlow());
            case AbortedException gone ->
                Optional.of(new Problem(400, "invalid-request", "The request broke off. 请求中断。"));
            case TimeoutException late -> Optional.of(Problem.unavailable(1));
            case RejectedExecutionException full -> Optional.of(Problem.unavailable(1));
            case IllegalArgumentException refused ->
                BodyProblems.said(refused).map(said -> new Problem(400, "invalid-request", said));
            default -> Optional.empty();
        };
    }

    private static Problem input(ServerWebInputException input) {
        Optional<JacksonException> json = cause(input, JacksonException.class);
        if (json.isPresent()) {
            return BodyProblems.of(json.get());
        }
        if (cause(input, DataBufferLimitException.class).isPresent()) {
            return tooLarge();
        }
        if (input instanceof MissingRequestValueException missing) {
            return Problem.invalidParameter(missing.getName(), "It must be given. 缺少必填参数。");
        }
        MethodParameter parameter = input.getMethodParameter();
        if (cause(input, TypeMismatchException.class).isPresent() && parameter != null) {
            return mismatch(parameter);
        }
        if (cause(input, CodecException.class).isPresent()) {
            return BodyProblems.unreadable();
        }
        return new Problem(400, "invalid-request", "The request has no body, or cannot be read. 请求缺少内容或无法读取。");
    }

    /** No thing has such an id: that is the answer to a path; a parameter is merely wrong. */
    private static Problem mismatch(MethodParameter parameter) {
        String name = parameter.getParameterName();
        return parameter.hasParameterAnnotation(PathVariable.class)
                ? Problem.notFound()
                : Problem.invalidParameter(name == null ? "" : name, "The value is of the wrong kind. 参数取值无效。");
    }

    private static Optional<Problem> status(ResponseStatusException failure) {
        int status = failure.getStatusCode().value();
        return switch (status) {
            case 404 -> Optional.of(Problem.notFound());
            case 405 ->
                Optional.of(with(failure, "method-not-allowed", "This path takes other methods; see Allow. 不支持此请求方法。"));
            case 406 ->
                Optional.of(with(failure, "not-acceptable", "There is no answer in that media type. 无法提供所需格式。"));
            case 413 -> Optional.of(tooLarge());
            case 415 ->
                Optional.of(with(
                        failure, "unsupported-media-type", "Send application/json in UTF-8. 请使用 application/json。"));
            case 503 -> Optional.of(Problem.unavailable(1));
            default ->
                status < 500
                        ? Optional.of(with(failure, "invalid-request", "The request is wrong. 请求无效。"))
                        : Optional.empty();
        };
    }

    /** The connection may be in the middle of a request: it can't be used for another. */
    static Problem tooSlow() {
        return new Problem(
                408,
                "request-timeout",
                "The request did not arrive in time. 请求未能及时送达。",
                List.of(),
                Map.of(HttpHeaders.CONNECTION, "close"));
    }

    private static Problem tooLarge() {
        return new Problem(413, "body-too-large", "A body has at most 256 KiB here. 请求内容过大（上限 256 KiB）。");
    }

    private static Problem with(ResponseStatusException failure, String code, String detail) {
        Map<String, String> headers = new LinkedHashMap<>();
        HttpHeaders given = failure.getHeaders();
        List.of(HttpHeaders.ALLOW, HttpHeaders.ACCEPT).forEach(name -> {
            List<String> values = given.getOrEmpty(name);
            if (!values.isEmpty()) {
                headers.put(name, values.stream().collect(Collectors.joining(", ")));
            }
        });
        return new Problem(failure.getStatusCode().value(), code, detail, List.of(), headers);
    }

    private static <T extends Throwable> Optional<T> cause(@Nullable Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 16; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
