package io.forgewatch.query.web;

import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.ReadAfter;
import io.forgewatch.web.BearerFilter;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * {@code Forgewatch-Position: N} on a query: it is answered when the views that it reads have the events up to N, as the answer to a
 * command named it. After 2 s it is 504 {@code position-not-reached}. So a person reads what he has just written, however far other
 * views are.
 */
final class PositionFilter implements WebFilter, Ordered {

    static final String HEADER = "Forgewatch-Position";

    /** No command was answered with a position that is so far beyond what any view knows. */
    static final long FARTHEST = 1_000_000;

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final Progress progress;
    private final PositionWaits waits;

    PositionFilter(Progress progress, PositionWaits waits) {
        this.progress = progress;
        this.waits = waits;
    }

    /** After who is calling is known: a stranger makes nobody wait. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 200;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        List<String> named = exchange.getRequest().getHeaders().getOrEmpty(HEADER);
        if (named.isEmpty()) {
            return chain.filter(exchange);
        }
        if (named.size() != 1 || !POSITION.matcher(named.getFirst()).matches()) {
            return Mono.error(Problem.invalidParameter(HEADER, "A position is a whole number from 0. 位置应为非负整数。"));
        }
        long position = Long.parseLong(named.getFirst());
        OptionalLong newest = progress.newest();
        if (newest.isPresent() && position - newest.getAsLong() > FARTHEST) {
            return Mono.error(Problem.invalidParameter(
                    HEADER, "No event has such a position: it is far beyond the last known. 该位置远超已知的最新位置。"));
        }
        Caller caller = BearerFilter.caller(exchange);
        ReadAfter after = waits.until(position, caller == null ? "" : caller.username());
        return chain.filter(exchange).contextWrite(context -> context.put(ReadAfter.class, after));
    }
}
