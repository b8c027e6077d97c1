package io.forgewatch.command.gateway;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether the door has opened since this process began. It stays so while Kafka is away: an instance that answers 503 is of more use
 * than none (ADR 31).
 */
final class OpenedHealth implements ReactiveHealthIndicator {

    private final Opening opening;

    OpenedHealth(Opening opening) {
        this.opening = opening;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> (opening.isOpen() ? Health.up() : Health.outOfService()).build());
    }
}
