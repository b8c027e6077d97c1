package io.forgewatch.command.relay;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** How many events are stored and not sent on: what people read is as far behind. Out of service while none may be sent. */
final class RelayHealth implements ReactiveHealthIndicator {

    private final Relay relay;

    RelayHealth(Relay relay) {
        this.relay = relay;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> relay.stray()
                .map(why -> Health.outOfService().withDetail("why", why.en()))
                .orElseGet(Health::up)
                .withDetail("lag", relay.lag())
                .build());
    }
}
