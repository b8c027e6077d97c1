package io.forgewatch.command.detection;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether what detection says is taken: DOWN when a signal has been neither done nor kept for a minute, so that an alarm of then does
 * not stand yet, or when the store has taken none from here for so long, and they are {@code leftToOthers}. {@code oldest} is in seconds.
 * Whether the streams themselves stand is told with all others.
 */
final class SignalsHealth implements ReactiveHealthIndicator {

    static final Duration TOLD_AFTER = Duration.ofSeconds(60);

    private final SignalReceiver receiver;

    SignalsHealth(SignalReceiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            Duration oldest = receiver.oldest();
            return (oldest.compareTo(TOLD_AFTER) < 0 ? Health.up() : Health.down())
                    .withDetail("oldest", oldest.toSeconds())
                    .withDetail("leftToOthers", receiver.isLeftToOthers())
                    .build();
        });
    }
}
