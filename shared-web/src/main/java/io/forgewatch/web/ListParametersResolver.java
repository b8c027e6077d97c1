package io.forgewatch.web;

import java.util.List;
import java.util.Map;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
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
        return Mono.fromSupplier(() -> {
            Map<String, List<String>> query = exchange.getRequest().getQueryParams();
            String list =
                    exchange.getRequest().getPath().pathWithinApplication().value();
            return paged(parameter)
                    ? ListParameters.of(list, query, filters(parameter), repeated(parameter))
                    : ListParameters.ofOne(list, query, filters(parameter));
        });
    }

    static boolean paged(MethodParameter parameter) {
        return MergedAnnotations.from(parameter.getParameterAnnotations())
                .get(Filters.class)
                .getValue("paged", Boolean.class)
                .orElse(true);
    }

    static List<String> filters(MethodParameter parameter) {
        return named(parameter, "value");
    }

    static List<String> repeated(MethodParameter parameter) {
        return named(parameter, "repeated");
    }

    private static List<String> named(MethodParameter parameter, String attribute) {
        return MergedAnnotations.from(parameter.getParameterAnnotations())
                .get(Filters.class)
                .getValue(attribute, String[].class)
                .map(List::of)
                .orElse(List.of());
    }
}
