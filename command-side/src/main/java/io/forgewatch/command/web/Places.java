package io.forgewatch.command.web;

import io.forgewatch.command.decision.Shares;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A number of places for requests that are under way, of which nobody has more than a share. Whoever finds none is told so at once:
 * 429 {@code too-many-requests} when it is their own share, 503 {@code unavailable} when others have them all. Nobody waits here.
 */
final class Places {

    private static final int RETRY_SECONDS = 5;

    private final Shares shares;

    /**
     * @param all how many there are
     * @param share most of one {@link Owner}
     */
    Places(int all, int share) {
        this.shares = new Shares(all, share);
    }

    /** @param places how many it takes, at most a share */
    <T> Mono<T> during(Caller caller, int places, Mono<T> request) {
        return Mono.defer(() -> {
            String owner = Owner.of(caller);
            take(owner, places);
            return request.doFinally(end -> shares.giveBack(owner, places));
        });
    }

    /** The same for what comes piece by piece. */
    <T> Flux<T> during(Caller caller, int places, Flux<T> request) {
        return Flux.defer(() -> {
            String owner = Owner.of(caller);
            take(owner, places);
            return request.doFinally(end -> shares.giveBack(owner, places));
        });
    }

    int underWay() {
        return shares.underWay();
    }

    private void take(String owner, int places) {
        switch (shares.take(owner, places)) {
            case TAKEN -> {}
            case SHARE_USED ->
                throw new Problem(
                        429,
                        "too-many-requests",
                        "As many of your requests of this kind are under way as may be: wait for one of their answers."
                                + " 同类请求过多，请等待前一请求完成。",
                        List.of(),
                        Map.of("Retry-After", "1"));
            case NONE_LEFT -> throw Problem.unavailable(RETRY_SECONDS);
        }
    }
}
