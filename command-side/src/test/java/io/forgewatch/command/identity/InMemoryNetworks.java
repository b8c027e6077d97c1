package io.forgewatch.command.identity;

import io.forgewatch.command.eventstore.SignInNetworkTable;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Networks that accounts signed in from, as the store keeps them for all instances. */
final class InMemoryNetworks implements SignInNetworkTable {

    private final Map<String, Map<String, Instant>> networks = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public Mono<Set<String>> accountsSeen(String network, Instant since) {
        return Mono.fromSupplier(() -> {
            looks.incrementAndGet();
            return networks.getOrDefault(network, Map.of()).entrySet().stream()
                    .filter(seen -> !seen.getValue().isBefore(since))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        });
    }

    @Override
    public Mono<Void> seen(String network, String account, Instant at, Instant oldest) {
        return Mono.fromRunnable(() -> networks.computeIfAbsent(network, first -> new ConcurrentHashMap<>())
                .put(account, at));
    }

    /** How often it was asked. */
    int looks() {
        return looks.get();
    }

    /** All that it holds, as text. */
    String content() {
        return networks.toString();
    }
}
