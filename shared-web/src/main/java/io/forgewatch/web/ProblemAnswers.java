package io.forgewatch.web;

import io.forgewatch.event.EventJson;
import java.util.Map;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes every error as {@code application/problem+json} (RFC 9457), as the contract says. */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public final class ProblemAnswers implements ErrorWebExceptionHandler {

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(error);
        }
        Problem problem = error instanceof Problem known
                ? known
                : error instanceof ResponseStatusException status
                        ? new Problem(status.getStatusCode().value(), "invalid-request", "The request is wrong.")
                        : new Problem(500, "internal-error", "Something went wrong on our side.");
        response.setStatusCode(HttpStatus.valueOf(problem.status()));
        problem.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = EventJson.MAPPER.writeValueAsBytes(Map.of(
                "type", "/problems/" + problem.code(),
                "status", problem.status(),
                "detail", problem.detail(),
                "code", problem.code(),
                "errors", problem.errors()));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
