package io.forgewatch.command.parking;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * DOWN when something has been parked for a minute: somebody's alarms, warnings or deadlines are not seen to, and a person must act.
 * Commands are taken all the same, so it says nothing of readiness.
 */
final class ParkingHealth implements ReactiveHealthIndicator {

    private final ParkingWatch watch;

    ParkingHealth(ParkingWatch watch) {
        this.watch = watch;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            Map<String, Object> details = new TreeMap<>();
            watch.standing().forEach(one -> details.put(one.worker(), one));
            return (watch.needsAttention() ? Health.down() : Health.up())
                    .withDetails(details)
                    .build();
        });
    }
}
