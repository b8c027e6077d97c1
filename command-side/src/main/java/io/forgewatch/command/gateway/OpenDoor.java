package io.forgewatch.command.gateway;

import io.forgewatch.command.eventstore.InstanceId;
import io.forgewatch.command.eventstore.OpenDoorTable;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells other instances, by way of the store, that this one's door is open, for as long as Kafka confirms what goes through it: so one
 * that finds Kafka away knows whether it is for all.
 */
final class OpenDoor implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(OpenDoor.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Opening opening;
    private final KafkaFrameLog log;
    private final OpenDoorTable doors;
    private final InstanceId instance;
    private final StandingStream standing;

    OpenDoor(Opening opening, KafkaFrameLog log, OpenDoorTable doors, InstanceId instance, StandingStreams streams) {
        this.opening = opening;
        this.log = log;
        this.doors = doors;
        this.instance = instance;
        this.standing = streams.of("openDoor", this::told);
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    private Flux<Void> told() {
        return opening.opened()
                .thenMany(Flux.interval(Duration.ZERO, EVERY).onBackpressureDrop())
                .concatMap(tick -> tell(), 1);
    }

    private Mono<Void> tell() {
        return Mono.defer(() -> DoorHealth.isConfirmed(log.unconfirmed()) ? doors.isOpen(instance) : Mono.empty())
                .onErrorResume(failure -> {
                    LOG.debug("That the door is open was not told: {}", failure.toString());
                    return Mono.empty();
                });
    }
}
