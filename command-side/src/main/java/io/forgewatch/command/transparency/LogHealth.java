package io.forgewatch.command.transparency;

import io.forgewatch.command.transparency.LogState.Departing;
import io.forgewatch.command.transparency.LogState.Extending;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Out of service while the store does not extend what was published. */
final class LogHealth implements ReactiveHealthIndicator {

    private final TransparencyLog log;

    LogHealth(TransparencyLog log) {
        this.log = log;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromCallable(() -> switch (log.state().orElse(null)) {
            case null -> Health.unknown().build();
            case Departing departing ->
                Health.outOfService()
                        .withDetail("epoch", departing.epoch())
                        .withDetail("why", departing.why())
                        .build();
            case Extending(int epoch) ->
                Health.up()
                        .withDetail("epoch", epoch)
                        .withDetail(
                                "checkpoint",
                                log.published()
                                        .map(last -> last.checkpoint().size())
                                        .orElse(0L))
                        .build();
        });
    }
}
