package io.forgewatch.command.gateway;

import io.forgewatch.command.eventstore.StoreClock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether the clock is right by which the door stamps what comes in. Where it is not, frames are judged as if they came at another
 * time, and every gateway seems to be wrong but this machine; frames that seem too far off are left to other instances.
 */
final class ClockHealth implements ReactiveHealthIndicator {

    private final StoreClock clock;

    ClockHealth(StoreClock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            long ahead = clock.secondsAhead();
            if (ahead == 0) {
                return Health.up().build();
            }
            return Health.down()
                    .withDetail("secondsAhead", ahead)
                    .withDetail(
                            "en", "This machine's clock is " + Math.abs(ahead) + " s " + (ahead > 0 ? "fast" : "slow"))
                    .withDetail("zh", "本机时钟" + (ahead > 0 ? "快" : "慢") + " " + Math.abs(ahead) + " 秒")
                    .build();
        });
    }
}
