package io.forgewatch.web;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebBindingInitializer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Calls our controllers' methods, once what can be refused without them is not. Query parameters that a method does not take: whoever
 * misspells one, or believes that a stream can be filtered, would get more than was asked for and not know; lists do the same by
 * their {@link ListParameters}. And answers that the caller does not take ({@link Negotiation}).
 */
final class CheckedCalls extends RequestMappingHandlerAdapter {

    private static final String OURS = "io.forgewatch.";

    @Override
    public void setWebBindingInitializer(@Nullable WebBindingInitializer initializer) {
        super.setWebBindingInitializer(binder -> {
            if (initializer != null) {
                initializer.initBinder(binder);
            }
            WholeNumbers.register(binder);
        });
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)) {
            String unknown =
                    unknown(method, exchange.getRequest().getQueryParams().keySet());
            if (unknown != null) {
                return Mono.error(ListParameters.unknown(unknown));
            }
            if (!Negotiation.isAnswerTaken(exchange)) {
                return Mono.error(Negotiation.notAcceptable());
            }
        }
        return super.handle(exchange, handler);
    }

    private static @Nullable String unknown(HandlerMethod method, Set<String> asked) {
        MethodParameter[] parameters = method.getMethodParameters();
        if (asked.isEmpty()
                || Arrays.stream(parameters).anyMatch(one -> one.getParameterType() == ListParameters.class)) {
            return null;
        }
        Set<String> known = Arrays.stream(parameters)
                .filter(one -> one.hasParameterAnnotation(RequestParam.class))
                .map(CheckedCalls::name)
                .collect(Collectors.toSet());
        return asked.stream().filter(name -> !known.contains(name)).findFirst().orElse(null);
    }

    private static String name(MethodParameter parameter) {
        RequestParam said = parameter.getParameterAnnotation(RequestParam.class);
        return said == null || said.name().isEmpty() ? parameter.getParameter().getName() : said.name();
    }
}
