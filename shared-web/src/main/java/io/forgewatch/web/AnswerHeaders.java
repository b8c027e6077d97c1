package io.forgewatch.web;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Headers that keep browsers from doing with our answers what they are not for. A controller may set its own in their place. */
final class AnswerHeaders implements WebFilter, Ordered {

    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    private static final String PAGES =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
    private static final List<String> PAGE_PATHS = List.of("/swagger-ui", "/webjars/", "/problems/");

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 50;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        boolean page = PAGE_PATHS.stream().anyMatch(path::startsWith);
        exchange.getResponse().beforeCommit(() -> {
            HttpHeaders headers = exchange.getResponse().getHeaders();
            unlessSet(headers, "X-Content-Type-Options", "nosniff");
            unlessSet(headers, "X-Frame-Options", "DENY");
            unlessSet(headers, "Referrer-Policy", "no-referrer");
            unlessSet(headers, "Content-Security-Policy", page ? PAGES : NOTHING);
            if (!page) {
                unlessSet(headers, HttpHeaders.CACHE_CONTROL, "no-store");
            }
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    private static void unlessSet(HttpHeaders headers, String name, String value) {
        if (headers.getFirst(name) == null) {
            headers.set(name, value);
        }
    }
}
