package io.forgewatch.query.web;

import io.forgewatch.query.projection.Progress;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * {@code Forgewatch-Position: N} on a query: it is answered when every view has the events up to N, as the answer to a command
 * named it. After 2 s it is 504 {@code position-not-reached}. So a person reads what he has just written.
 */
final class PositionFilter implements WebFilter, Ordered {

    static final String HEADER = "Forgewatch-Position";
    static final String NOT_REACHED = "position-not-reached";

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MOST_WAITING = 1_000;
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final Progress progress;
    private final AtomicInteger waiting = new AtomicInteger();

    PositionFilter(Progress progress) {
        this.progress = progress;
    }

    /** After who is calling is known: a stranger makes nobody wait. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 200;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        List<String> named = exchange.getRequest().getHeaders().getOrEmpty(HEADER);
        return named.isEmpty() ? chain.filter(exchange) : reached(named).then(chain.filter(exchange));
    }

    /** How many requests wait for their position now. */
    int waiting() {
        return waiting.get();
    }

    private Mono<Void> reached(List<String> named) {
        if (named.size() != 1 || !POSITION.matcher(named.getFirst()).matches()) {
            return Mono.error(Problem.invalidParameter(HEADER, "A position is a whole number from 0. 位置应为非负整数。"));
        }
        long position = Long.parseLong(named.getFirst());
        if (progress.reached() >= position) {
            return Mono.empty();
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Mono.error(Problem.unavailable(1));
        }
        return progress.await(position, PATIENCE)
                .onErrorMap(TimeoutException.class, late -> new Problem(504, NOT_REACHED, late(position)))
                .doFinally(end -> waiting.decrementAndGet());
    }

    private String late(long position) {
        return "The views are at position " + progress.reached() + ", not yet at " + position
                + ": ask again later. 视图尚未追上该位置，请稍后重试。";
    }
}
