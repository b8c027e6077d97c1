package io.forgewatch.command.gateway;

import io.forgewatch.command.eventstore.InstanceId;
import io.forgewatch.command.eventstore.OpenDoorTable;
import io.forgewatch.standing.KafkaStanding;
import io.forgewatch.standing.KafkaStanding.Heard;
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
 * Asks Kafka whether it is there, for as long as the door has not opened: by what the door fails with nobody can tell a Kafka that is
 * away from a release that waits in vain, since waiting in vain ends in the same time-outs. Nor can Kafka itself, where it does not
 * answer: a wrong address sounds the same. Then the other instances are asked whether one of them has an open door.
 */
final class KafkaWatch implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Mono<Void> opened;
    private final TelemetryTopics topics;
    private final OpenDoorTable doors;
    private final InstanceId instance;
    private final KafkaStanding kafka;
    private final StandingStream standing;

    /** @param opened completes when the door is open */
    KafkaWatch(
            Mono<Void> opened,
            TelemetryTopics topics,
            OpenDoorTable doors,
            InstanceId instance,
            KafkaStanding kafka,
            StandingStreams streams) {
        this.opened = opened;
        this.topics = topics;
        this.doors = doors;
        this.instance = instance;
        this.kafka = kafka;
        this.standing = streams.of("kafka", this::looks);
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    private Flux<Heard> looks() {
        return Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> look(), 1)
                .takeUntilOther(opened)
                .concatWith(Mono.never());
    }

    /** Asks once, and notes what it heard; never fails. Empty where it is not known, which is no news. */
    Mono<Heard> look() {
        return topics.areServed()
                .onErrorResume(KafkaWatch::isThere)
                .flatMap(served -> served ? Mono.just(Heard.THERE) : elsewhere())
                .doOnNext(this::heard);
    }

    /** Where the store does not say, what was heard before stands: it takes nobody out of service, nor into it. */
    private Mono<Heard> elsewhere() {
        return doors.isOpenElsewhere(instance)
                .map(open -> open ? Heard.THERE_FOR_OTHERS : Heard.AWAY)
                .onErrorResume(failure -> {
                    LOG.debug("Whether another door is open is not known: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private void heard(Heard now) {
        if (kafka.is(now) && now == Heard.THERE_FOR_OTHERS) {
            LOG.error("Kafka does not answer here, and another instance's door is open: is forgewatch.kafka.bootstrap"
                    + " right, and the way there free? Until then this instance is not ready."
                    + " 本实例无法连接 Kafka，而其他实例的接入正常：请检查 forgewatch.kafka.bootstrap 与网络。在此之前本实例不就绪。");
        }
    }

    private static Mono<Boolean> isThere(Throwable failure) {
        boolean absent = KafkaAbsence.isTheCauseOf(failure);
        LOG.debug("Kafka is {}: {}", absent ? "away" : "there, and refuses", failure.toString());
        return Mono.just(!absent);
    }
}
