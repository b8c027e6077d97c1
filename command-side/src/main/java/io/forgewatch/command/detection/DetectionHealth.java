package io.forgewatch.command.detection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether readings are evaluated: where they are not, no alarm can come. */
final class DetectionHealth implements ReactiveHealthIndicator {

    private final DetectionStreams streams;

    DetectionHealth(DetectionStreams streams) {
        this.streams = streams;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> (streams.isEvaluating() ? Health.up() : Health.outOfService())
                .withDetail("evaluating", streams.isEvaluating())
                .build());
    }
}
