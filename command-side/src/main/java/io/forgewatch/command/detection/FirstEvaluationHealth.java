package io.forgewatch.command.detection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Out of service while this release's detection fails and never ran: whoever rolls it out keeps those instances that judge readings.
 * One that has not begun is not asked after, since it begins behind the door; nor is one that ran.
 */
final class FirstEvaluationHealth implements ReactiveHealthIndicator {

    private final FirstEvaluation first;

    FirstEvaluationHealth(FirstEvaluation first) {
        this.first = first;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> (first.isRefuted() ? Health.outOfService() : Health.up()).build());
    }
}
