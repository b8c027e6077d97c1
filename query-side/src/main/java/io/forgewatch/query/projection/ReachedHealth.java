package io.forgewatch.query.projection;

import io.forgewatch.standing.KafkaStanding;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether this instance has reached its stores since it began. What goes away later takes nobody out of service: all instances lose it
 * together, and each answers what it can. But one that never reached the views answers nobody, and one that never reached Kafka folds
 * nothing: a release with a wrong address must not take the place of those that do. A Kafka that is away for all is waited for no
 * longer than a minute, since views can be read without it.
 */
final class ReachedHealth implements HealthIndicator {

    private final Projections projections;
    private final Progress progress;
    private final KafkaStanding kafka;

    ReachedHealth(Projections projections, Progress progress, KafkaStanding kafka) {
        this.projections = projections;
        this.progress = progress;
        this.kafka = kafka;
    }

    @Override
    public Health health() {
        boolean views = projections.areKnown();
        boolean reached = progress.isEndKnown();
        boolean away = !reached && kafka.isAway();
        return (views && (reached || away) ? Health.up() : Health.outOfService())
                .withDetail("views", views)
                .withDetail("kafka", reached)
                .withDetail("kafkaAway", away)
                .withDetail("foldedElsewhere", !reached && kafka.isThereForOthers())
                .build();
    }
}
