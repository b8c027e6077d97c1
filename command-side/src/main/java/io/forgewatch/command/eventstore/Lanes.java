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
        CompletableFuture<T> result = before == null ? begun(work) : before.thenCompose(unused -> begun(work));
        return result.whenComplete((value, failure) -> {
            tails.remove(lane, mine);
            mine.complete(null);
        });
    }

    /** What fails at once must leave the lane like what fails later. */
    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
