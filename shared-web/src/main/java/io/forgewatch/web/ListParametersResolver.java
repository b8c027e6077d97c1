package io.forgewatch.web;

import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives controllers their {@link ListParameters}. */
final class ListParametersResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ListParameters.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> ListParameters.of(exchange.getRequest().getQueryParams(), filters(parameter)));
    }

    static List<String> filters(MethodParameter parameter) {
        Filters filters = parameter.getParameterAnnotation(Filters.class);
        return filters == null ? List.of() : List.of(filters.value());
    }
}
