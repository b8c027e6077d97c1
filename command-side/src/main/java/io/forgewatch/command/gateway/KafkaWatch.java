package io.forgewatch.command.gateway;

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
 * away from a release that waits in vain, since waiting in vain ends in the same time-outs.
 */
final class KafkaWatch implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Opening opening;
    private final TelemetryTopics topics;
    private final KafkaStanding kafka;
    private final StandingStream standing;

    KafkaWatch(Opening opening, TelemetryTopics topics, KafkaStanding kafka, StandingStreams streams) {
        this.opening = opening;
        this.topics = topics;
        this.kafka = kafka;
        this.standing = streams.of("kafka", this::looks);
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    private Flux<Boolean> looks() {
        return Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> topics.areServed().onErrorResume(KafkaWatch::isThere), 1)
                .doOnNext(kafka::isThere)
                .takeUntilOther(opening.opened())
                .concatWith(Mono.never());
    }

    private static Mono<Boolean> isThere(Throwable failure) {
        boolean absent = KafkaAbsence.isTheCauseOf(failure);
        LOG.debug("Kafka is {}: {}", absent ? "away" : "there, and refuses", failure.toString());
        return Mono.just(!absent);
    }
}
