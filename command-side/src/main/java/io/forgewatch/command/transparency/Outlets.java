package io.forgewatch.command.transparency;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** All ways out, each at its own pace: a slow one gets the newest checkpoint next, and holds up nobody. */
final class Outlets {

    private static final Logger LOG = LoggerFactory.getLogger(Outlets.class);
    private static final Duration LONGEST_PUBLISHING = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int TRIES = 8;

    private final List<CheckpointOutlet> outlets;
    private final Map<CheckpointOutlet, SignedCheckpoint> supplied = new ConcurrentHashMap<>();

    Outlets(List<CheckpointOutlet> outlets) {
        this.outlets = List.copyOf(outlets);
    }

    /** Brings checkpoints to all outlets as they come; goes on for ever. */
    Flux<?> supply(Flux<SignedCheckpoint> checkpoints) {
        return Flux.fromIterable(outlets)
                .flatMap(
                        outlet -> checkpoints
                                .onBackpressureLatest()
                                .concatMap(checkpoint -> supply(outlet, checkpoint), 1),
                        Math.max(1, outlets.size()));
    }

    /** Completes when every outlet has this checkpoint. */
    Mono<Void> have(SignedCheckpoint checkpoint) {
        return Flux.interval(Duration.ZERO, LOOK)
                .onBackpressureDrop()
                .takeUntil(tick -> outlets.stream().allMatch(outlet -> checkpoint.equals(supplied.get(outlet))))
                .then();
    }

    private Mono<Void> supply(CheckpointOutlet outlet, SignedCheckpoint checkpoint) {
        return Mono.defer(() -> outlet.publish(checkpoint))
                .timeout(LONGEST_PUBLISHING)
                .retryWhen(Retry.backoff(TRIES, Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(30)))
                .doOnSuccess(unused -> supplied.put(outlet, checkpoint))
                .onErrorResume(failure -> {
                    LOG.error(
                            "Checkpoint {} could not be published by {}; the next one will be",
                            checkpoint.size(),
                            outlet.name(),
                            failure);
                    return Mono.empty();
                });
    }
}
