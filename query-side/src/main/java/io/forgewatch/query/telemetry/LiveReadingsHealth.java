package io.forgewatch.query.telemetry;

import java.util.SortedMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * DOWN when frames wait that only newer code can read; {@code standing} names their partitions, and the offset before which each
 * stands.
 */
final class LiveReadingsHealth implements HealthIndicator {

    private final StandingFrames standing;

    LiveReadingsHealth(StandingFrames standing) {
        this.standing = standing;
    }

    @Override
    public Health health() {
        SortedMap<Integer, Long> all = standing.all();
        return all.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("standing", all).build();
    }
}
