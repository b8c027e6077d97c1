package io.forgewatch.query.web;

import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.ReadAfter;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Who waits for a view to reach a position: a bounded time, a bounded number, and of one account only a few. */
final class PositionWaits {

    static final String NOT_REACHED = "position-not-reached";
    static final Duration PATIENCE = Duration.ofSeconds(2);
    static final int MOST_OF_ONE = 20;

    private static final int MOST = 1_000;

    private final Progress progress;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentMap<String, Integer> byAccount = new ConcurrentHashMap<>();

    PositionWaits(Progress progress) {
        this.progress = progress;
    }

    /** How many wait now. */
    int waiting() {
        return waiting.get();
    }

    /** For one request: whatever views it reads one after the other, all of it waits no longer than {@link #PATIENCE}. */
    ReadAfter until(long position, String account) {
        Mono<Long> patience = Mono.delay(PATIENCE).cache();
        return view -> Mono.defer(() -> progress.isAt(view, position)
                ? Mono.empty()
                : Mono.using(
                        () -> place(account),
                        place -> progress.await(view, position)
                                .timeout(patience)
                                .onErrorMap(TimeoutException.class, late -> late(view, position)),
                        this::leave));
    }

    private String place(String account) {
        if (waiting.incrementAndGet() > MOST) {
            waiting.decrementAndGet();
            throw Problem.unavailable(1);
        }
        if (byAccount.merge(account, 1, Integer::sum) > MOST_OF_ONE) {
            leave(account);
            throw new Problem(
                    429,
                    "too-many-requests",
                    "This account waits for positions too often at once. 该账号同时等待的请求过多。",
                    List.of(),
                    Map.of("Retry-After", "1"));
        }
        return account;
    }

    private void leave(String account) {
        byAccount.computeIfPresent(account, (name, count) -> count == 1 ? null : count - 1);
        waiting.decrementAndGet();
    }

    private Problem late(ViewName view, long position) {
        if (progress.isBuilding(view)) {
            return progress.notServed(view);
        }
        String why = progress.showsTheLost(view)
                ? "The view " + view.name() + " may show events that were lost, and must be rebuilt before it is at any"
                        + " position. 视图可能显示已丢失的历史，须重建。"
                : "The view " + view.name() + " is at position " + progress.of(view) + ", not yet at " + position
                        + ": ask again later. 视图尚未追上该位置，请稍后重试。";
        return new Problem(504, NOT_REACHED, why);
    }
}
