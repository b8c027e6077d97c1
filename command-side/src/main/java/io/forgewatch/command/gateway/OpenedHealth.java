package io.forgewatch.command.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether the door has opened since this process began. It stays so while Kafka is away: an instance that answers 503 is of more use
 * than none (ADR 31). For the same reason a start waits for it no longer than {@link #LONGEST}: people sign warnings without frames.
 */
final class OpenedHealth implements ReactiveHealthIndicator {

    static final Duration LONGEST = Duration.ofMinutes(1);

    private final BooleanSupplier isOpen;
    private final Clock clock;
    private final Instant begun;

    OpenedHealth(BooleanSupplier isOpen, Clock clock) {
        this.isOpen = isOpen;
        this.clock = clock;
        this.begun = clock.instant();
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            if (isOpen.getAsBoolean()) {
                return Health.up().build();
            }
            boolean waits = clock.instant().isBefore(begun.plus(LONGEST));
            return (waits ? Health.outOfService() : Health.up())
                    .withDetail("open", false)
                    .build();
        });
    }
}
