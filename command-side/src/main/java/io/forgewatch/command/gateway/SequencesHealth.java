package io.forgewatch.command.gateway;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether this door hears what the others take: where it writes frames and reads none, it does not; and where newer code writes
 * frames that it cannot read ({@code newerFrames} names their partitions), it does not know their numbers.
 */
final class SequencesHealth implements ReactiveHealthIndicator {

    /** Every two seconds there is a probe to be heard. */
    private static final Duration DEAF_AFTER = Duration.ofSeconds(30);

    private final Opening opening;
    private final SequenceFollowing following;
    private final KafkaFrameLog log;

    SequencesHealth(Opening opening, SequenceFollowing following, KafkaFrameLog log) {
        this.opening = opening;
        this.following = following;
        this.log = log;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            Duration heardAgo = following.heardAgo();
            boolean deaf =
                    heardAgo.compareTo(DEAF_AFTER) > 0 && log.unconfirmed().compareTo(DEAF_AFTER) < 0;
            List<Integer> newer = following.beyondThisCode();
            Health.Builder health =
                    !opening.isOpen() ? Health.outOfService() : deaf || !newer.isEmpty() ? Health.down() : Health.up();
            if (!newer.isEmpty()) {
                health.withDetail("newerFrames", newer);
            }
            return health.withDetail("heardSecondsAgo", heardAgo.toSeconds()).build();
        });
    }
}
