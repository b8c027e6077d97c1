package io.forgewatch.command.detection;

import java.util.SortedMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether readings are evaluated: where they are not, no alarm can come. {@code standing} names the partitions in which a frame
 * waits that only newer code can read, and the offset before which each stands.
 */
final class DetectionHealth implements ReactiveHealthIndicator {

    private final DetectionStreams streams;

    DetectionHealth(DetectionStreams streams) {
        this.streams = streams;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            SortedMap<Integer, Long> standing = streams.standing();
            boolean evaluating = streams.isEvaluating();
            Health.Builder health =
                    !evaluating ? Health.outOfService() : standing.isEmpty() ? Health.up() : Health.down();
            health.withDetail("evaluating", evaluating);
            return (standing.isEmpty() ? health : health.withDetail("standing", standing)).build();
        });
    }
}
