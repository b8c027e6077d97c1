package io.forgewatch.query.projection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN when a projection stopped for good: its views grow old and a person must act. */
final class ProjectionHealth implements HealthIndicator {

    private final Progress progress;

    ProjectionHealth(Progress progress) {
        this.progress = progress;
    }

    @Override
    public Health health() {
        return (progress.allRunning() ? Health.up() : Health.down())
                .withDetails(progress.details())
                .build();
    }
}
