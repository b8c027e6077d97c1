package io.forgewatch.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every error as {@code application/problem+json} (RFC 9457), as the contract says. What nobody knows is 500
 * {@code internal-error}: the caller gets its trace id, the log gets the rest. Only that is an error of ours: what a caller causes
 * is logged in detail only, and what an outage causes in one line a kind and minute.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public final class ProblemAnswers implements ErrorWebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final Problem INTERNAL = new Problem(
            500, "internal-error", "Something went wrong on our side; tell us the traceId. 系统内部错误，请提供 traceId。");

    private final List<ProblemTranslation> translations;
    private final ProblemCatalogue catalogue;
    private final JsonMapper json = JsonMapper.shared();
    private final TroubleLog trouble = new TroubleLog(System::nanoTime);

    /**
     * The answer's body.
     *
     * @param type {@code /problems/<code>}, a page for people
     * @param errors what is wrong item by item; empty when there is nothing more to say
     */
    @Schema(name = "Problem")
    public record Body(
            @Schema(description = "A page that says what to do", example = "/problems/not-found")
            String type,

            @Schema(description = "The same for all of the code, in English and Chinese")
            String title,

            @Schema(description = "Of the answer", example = "404")
            int status,

            @Schema(description = "What was wrong this time, in English and Chinese")
            String detail,

            @Schema(description = "What to go by; more may be added", example = "not-found")
            String code,

            @Schema(description = "To be told to whoever looks after it", example = "4bf92f3577b34da6a3ce929d0e0e4736")
            String traceId,

            @Schema(description = "What is wrong item by item; empty when there is nothing more to say")
            List<Problem.Item> errors) {}

    public ProblemAnswers(List<ProblemTranslation> translations, ProblemCatalogue catalogue) {
        this.translations = List.copyOf(translations);
        this.catalogue = catalogue;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (isOver(exchange, failure)) {
            return Mono.empty();
        }
        String traceId = Trace.id(exchange);
        Problem problem = problem(failure);
        log(exchange.getRequest(), traceId, problem, failure);
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return cutOff(response, problem, failure);
        }
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        problem.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = json.writeValueAsBytes(body(problem, traceId));
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)))
                // The server may have refused the rest of the request in this very moment, and then it says so by this.
                .onErrorComplete(twice -> problem != INTERNAL && twice instanceof IllegalStateException);
    }

    /** What came when the answer had been given, or nobody waited for it any more: told as it would have been, answered never. */
    void late(ServerWebExchange exchange, Throwable failure) {
        if (!isOver(exchange, failure)) {
            log(exchange.getRequest(), Trace.id(exchange), problem(failure), failure);
        }
    }

    /** What the server itself refuses, whoever asked for what: told in one line a kind and minute, as anybody can cause it. */
    void refused(Problem problem) {
        Long times = trouble.told("refused " + problem.code());
        if (times != null) {
            LOG.warn("Refused as {} {}, {} since last told", problem.status(), problem.code(), times);
        }
    }

    /** Whether there is nobody to be told, or whoever asked was told by the server: it refuses by itself what it can't read. */
    private static boolean isOver(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (AbandonedAnswers.isAbandoned(response, failure)) {
            LOG.debug("Whoever asked for {} is gone", exchange.getRequest().getPath(), failure);
            return true;
        }
        boolean refused = !response.isCommitted()
                && ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse answer
                && answer.hasSentHeaders();
        if (refused) {
            LOG.debug("The rest of {} could not be read", exchange.getRequest().getPath(), failure);
        }
        return refused;
    }

    /**
     * The answer has begun, as a stream does: it can only be cut off, so that nobody takes it for whole. What is passed on from here
     * the server calls an error of its own, twice; so only what is one is.
     */
    private static Mono<Void> cutOff(ServerHttpResponse response, Problem problem, Throwable failure) {
        if (problem != INTERNAL
                && ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse begun) {
            begun.withConnection(DisposableChannel::dispose);
            return Mono.empty();
        }
        return Mono.error(failure);
    }

    /** What a failure is to the caller. */
    Problem problem(Throwable failure) {
        return translations.stream()
                .map(translation -> translation.problem(failure))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(INTERNAL);
    }

    Body body(Problem problem, String traceId) {
        return new Body(
                "/problems/" + problem.code(),
                catalogue.title(problem.code(), problem.status()),
                problem.status(),
                problem.detail(),
                problem.code(),
                traceId,
                problem.errors());
    }

    private void log(ServerHttpRequest request, String traceId, Problem problem, Throwable failure) {
        try (MDC.MDCCloseable marked = MDC.putCloseable(Trace.KEY, traceId)) {
            Objects.requireNonNull(marked);
            String path = request.getPath().pathWithinApplication().value();
            if (problem == INTERNAL) {
                LOG.error("{} {} failed", request.getMethod(), path, failure);
            } else if (problem.status() >= 500) {
                inBrief(request.getMethod() + " " + path, problem, failure);
            } else if (failure instanceof IllegalArgumentException) {
                LOG.info("{} {}: {}", request.getMethod(), path, problem.code(), failure);
            } else {
                LOG.debug("{} {}: {} {}", request.getMethod(), path, problem.status(), problem.code(), failure);
            }
        }
    }

    private void inBrief(String request, Problem problem, Throwable failure) {
        LOG.debug("{}: {} {}", request, problem.status(), problem.code(), failure);
        Throwable why = failure instanceof Problem && failure.getCause() != null ? failure.getCause() : failure;
        Long times = trouble.told(problem.code() + ' ' + why.getClass().getName());
        if (times != null) {
            LOG.warn(
                    "{}: {} {}, {} since last told: {}",
                    request,
                    problem.status(),
                    problem.code(),
                    times,
                    why.toString());
        }
    }
}
