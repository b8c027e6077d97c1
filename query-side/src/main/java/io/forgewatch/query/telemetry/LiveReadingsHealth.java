package io.forgewatch.query.telemetry;

import io.forgewatch.query.projection.Progress;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * DOWN when frames wait that only newer code can read; {@code standing} names their partitions, and the offset before which each
 * stands. ATTENTION while no frames can be had, or what they said cannot be kept; {@code trouble} says why.
 */
final class LiveReadingsHealth implements HealthIndicator {

    static final Status ATTENTION = new Status("ATTENTION", "Live readings do not go on as they should");

    private final StandingFrames standing;
    private final FeedTrouble trouble;
    private final Progress progress;

    /** @param progress knows whether the broker answers, which is the one that has the frames too */
    LiveReadingsHealth(StandingFrames standing, FeedTrouble trouble, Progress progress) {
        this.standing = standing;
        this.trouble = trouble;
        this.progress = progress;
    }

    @Override
    public Health health() {
        SortedMap<Integer, Long> all = standing.all();
        String why = why();
        Health.Builder health = !all.isEmpty() ? Health.down() : why != null ? Health.status(ATTENTION) : Health.up();
        if (!all.isEmpty()) {
            health.withDetail("standing", all);
        }
        if (why != null) {
            health.withDetail("trouble", why);
        }
        return health.build();
    }

    /** For the gauge. */
    int troubled() {
        return why() == null ? 0 : 1;
    }

    private @Nullable String why() {
        String own = trouble.now();
        return own == null ? progress.whyAway() : own;
    }
}
