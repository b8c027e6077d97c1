package io.forgewatch.command.detection;

import java.time.Instant;
import java.util.SortedMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether readings are evaluated: where they are not, no alarm can come. {@code standing} names the partitions in which a frame
 * waits that only newer code can read, and the offset before which each stands; {@code unjudged} what can't be evaluated and is
 * passed over, a device, a point or a works, each since when.
 */
final class DetectionHealth implements ReactiveHealthIndicator {

    private final DetectionStreams streams;
    private final Unjudged unjudged;

    DetectionHealth(DetectionStreams streams, Unjudged unjudged) {
        this.streams = streams;
        this.unjudged = unjudged;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            SortedMap<Integer, Long> standing = streams.standing();
            boolean evaluating = streams.isEvaluating();
            SortedMap<String, Instant> passedOver = unjudged.named();
            boolean all = standing.isEmpty() && passedOver.isEmpty();
            Health.Builder health = !evaluating ? Health.outOfService() : all ? Health.up() : Health.down();
            health.withDetail("evaluating", evaluating);
            if (!standing.isEmpty()) {
                health.withDetail("standing", standing);
            }
            if (!passedOver.isEmpty()) {
                health.withDetail("unjudged", passedOver);
            }
            return health.build();
        });
    }
}
