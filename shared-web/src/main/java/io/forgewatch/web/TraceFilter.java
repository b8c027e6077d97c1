package io.forgewatch.web;

import io.micrometer.context.ContextRegistry;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives every request its trace id, in its attributes, in Reactor's context, and from there in every log line about it. */
final class TraceFilter implements WebFilter, Ordered {

    TraceFilter() {
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        Trace.KEY, () -> MDC.get(Trace.KEY), id -> MDC.put(Trace.KEY, id), () -> MDC.remove(Trace.KEY));
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String id = Trace.id(exchange);
        return chain.filter(exchange).contextWrite(context -> context.put(Trace.KEY, id));
    }
}
