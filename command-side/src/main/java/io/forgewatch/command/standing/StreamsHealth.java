package io.forgewatch.command.standing;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether all streams that are to stand do; {@code broken} names those that don't, and for how many seconds. */
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
            return broken.isEmpty()
                    ? Health.up().build()
                    : Health.down().withDetail("broken", broken).build();
        });
    }
}
