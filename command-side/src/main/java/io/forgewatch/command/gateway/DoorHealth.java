package io.forgewatch.command.gateway;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether frames are taken: not before the plant is known and the used sequences are remembered. */
final class DoorHealth implements ReactiveHealthIndicator {

    private final Opening opening;

    DoorHealth(Opening opening) {
        this.opening = opening;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> (opening.isOpen() ? Health.up() : Health.outOfService())
                .withDetail("open", opening.isOpen())
                .build());
    }
}
