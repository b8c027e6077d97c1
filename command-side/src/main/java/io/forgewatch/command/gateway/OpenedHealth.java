package io.forgewatch.command.gateway;

import io.forgewatch.standing.KafkaStanding;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether the door has opened since this process began. It stays so while Kafka is away: an instance that answers 503 is of more use
 * than none (ADR 31). For the same reason a start does not wait for a Kafka that is away, as every instance would find it: people
 * sign warnings without frames. A door that stays closed while Kafka is there, for this instance or only for others, is this release's
 * fault, and so is a plant that cannot be read: such an instance never takes the place of one that is open.
 */
final class OpenedHealth implements ReactiveHealthIndicator {

    private final BooleanSupplier isOpen;
    private final BooleanSupplier isPlantKnown;
    private final KafkaStanding kafka;

    OpenedHealth(BooleanSupplier isOpen, BooleanSupplier isPlantKnown, KafkaStanding kafka) {
        this.isOpen = isOpen;
        this.isPlantKnown = isPlantKnown;
        this.kafka = kafka;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            if (isOpen.getAsBoolean()) {
                return Health.up().build();
            }
            boolean away = kafka.isAway();
            return (away && isPlantKnown.getAsBoolean() ? Health.up() : Health.outOfService())
                    .withDetail("open", false)
                    .withDetail("kafkaAway", away)
                    .withDetail("openElsewhere", kafka.isThereForOthers())
                    .build();
        });
    }
}
