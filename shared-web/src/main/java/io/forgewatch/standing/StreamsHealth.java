package io.forgewatch.standing;

import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether all streams that are to stand do; {@code broken} names those that don't, and for how many seconds. And whether all events
 * were taken into what is kept in memory; {@code passedOver} has the positions of those that were not.
 */
final class StreamsHealth implements ReactiveHealthIndicator {

    private static final Duration DOWN_AFTER = Duration.ofSeconds(10);

    private final StandingStreams streams;

    StreamsHealth(StandingStreams streams) {
        this.streams = streams;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            Map<String, Long> broken = new TreeMap<>();
            streams.all().stream()
                    .filter(one -> one.brokenFor().compareTo(DOWN_AFTER) >= 0)
                    .forEach(one -> broken.put(one.name(), one.brokenFor().toSeconds()));
            Map<String, SortedSet<Long>> passedOver = new TreeMap<>();
            streams.allPassedOver().stream()
                    .filter(one -> !one.positions().isEmpty())
                    .forEach(one -> passedOver.put(one.name(), one.positions()));
            Health.Builder health = broken.isEmpty() && passedOver.isEmpty() ? Health.up() : Health.down();
            if (!broken.isEmpty()) {
                health.withDetail("broken", broken);
            }
            if (!passedOver.isEmpty()) {
                health.withDetail("passedOver", passedOver);
            }
            return health.build();
        });
    }
}
