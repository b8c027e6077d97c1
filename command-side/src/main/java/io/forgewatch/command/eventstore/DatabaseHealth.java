package io.forgewatch.command.eventstore;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether the store answers, and how far it is. */
final class DatabaseHealth implements ReactiveHealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EventRows rows;

    DatabaseHealth(EventRows rows) {
        this.rows = rows;
    }

    @Override
    public Mono<Health> health() {
        return rows.head()
                .timeout(PATIENCE)
                .map(head -> Health.up().withDetail("position", head).build())
                .onErrorResume(failure -> Mono.just(Health.down(failure).build()));
    }
}
