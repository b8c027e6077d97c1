package io.forgewatch.command.eventstore;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Work on one entity goes one after the other in this instance: it would only end in conflicts otherwise. */
final class Lanes {

    private final ConcurrentMap<String, CompletableFuture<Void>> tails = new ConcurrentHashMap<>();

    <T> CompletableFuture<T> inTurn(String lane, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> before = tails.put(lane, mine);
        CompletableFuture<T> result = before == null ? work.get() : before.thenCompose(unused -> work.get());
        return result.whenComplete((value, failure) -> {
            tails.remove(lane, mine);
            mine.complete(null);
        });
    }
}
