package io.forgewatch.web;

import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives controllers their {@link Caller}. */
final class CallerResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        Caller caller = BearerFilter.caller(exchange);
        return caller == null
                ? Mono.error(Problem.unauthorized("token-missing", "Sign in first: POST /auth/tokens. 请先登录。"))
                : Mono.just(caller);
    }
}
