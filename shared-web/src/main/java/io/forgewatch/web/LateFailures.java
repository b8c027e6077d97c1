package io.forgewatch.web;

import java.util.function.Consumer;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What fails when its answer has been given is judged as what is answered. Reactor calls all of it an error, what a caller causes
 * too: Reactor Netty tells whoever reads a body twice that the rest of it did not come in time, the second time as the 408 is out.
 */
final class LateFailures implements WebFilter, Ordered {

    /** In an exchange's context it stands before the hook that all have in common; Reactor keeps the constant to itself. */
    private static final String DROPPED = "reactor.onErrorDropped.local";

    private final ProblemAnswers answers;

    LateFailures(ProblemAnswers answers) {
        this.answers = answers;
    }

    /** Before all that may answer. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Consumer<Throwable> late = failure -> answers.late(exchange, failure);
        return chain.filter(exchange).contextWrite(context -> context.put(DROPPED, late));
    }
}
