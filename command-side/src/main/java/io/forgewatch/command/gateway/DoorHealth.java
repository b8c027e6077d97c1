package io.forgewatch.command.gateway;

import io.forgewatch.standing.KafkaStanding;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether frames are taken: not before the plant is known and the used sequences are remembered, and not while Kafka confirms none.
 * For whoever operates it; whether requests may come is asked of {@link OpenedHealth}.
 */
final class DoorHealth implements ReactiveHealthIndicator {

    /** With a probe every two seconds, an outage shows within ten. */
    private static final Duration DOWN_AFTER = Duration.ofSeconds(6);

    private final Opening opening;
    private final KafkaFrameLog log;
    private final KafkaStanding kafka;

    DoorHealth(Opening opening, KafkaFrameLog log, KafkaStanding kafka) {
        this.opening = opening;
        this.log = log;
        this.kafka = kafka;
    }

    /** @param unconfirmed how long nothing has been confirmed in one of the log's partitions */
    static boolean isConfirmed(Duration unconfirmed) {
        return unconfirmed.compareTo(DOWN_AFTER) < 0;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            Duration unconfirmed = log.unconfirmed();
            boolean open = opening.isOpen();
            // It has not opened yet: it is starting, or nobody will hear of it by readiness, since that no longer waits
            // for it.
            boolean down = open ? !isConfirmed(unconfirmed) : kafka.isAway();
            Health.Builder health = down ? Health.down() : open ? Health.up() : Health.outOfService();
            return health.withDetail("open", open)
                    .withDetail("unconfirmedSeconds", unconfirmed.toSeconds())
                    .build();
        });
    }
}
