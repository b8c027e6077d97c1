package io.forgewatch.query.projection;

import io.forgewatch.standing.KafkaStanding;
import io.forgewatch.standing.KafkaStanding.Heard;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Looks whether Kafka is there, for as long as it has never told this instance where the events end. Where it does not answer, a wrong
 * address sounds like a Kafka that is away: then the leases tell, since who reaches no Kafka holds none.
 */
final class KafkaWatch implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Projections projections;
    private final Progress progress;
    private final KafkaStanding kafka;
    private final StandingStream standing;

    KafkaWatch(Projections projections, Progress progress, KafkaStanding kafka, StandingStreams streams) {
        this.projections = projections;
        this.progress = progress;
        this.kafka = kafka;
        this.standing = streams.of("kafka", this::looks);
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    private Flux<Optional<Heard>> looks() {
        return Flux.interval(Duration.ZERO, EVERY, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .map(tick -> look())
                .takeUntil(heard -> progress.isEndKnown())
                .concatWith(Mono.never());
    }

    /** Looks once, and notes what it found; empty where it is not known, which is no news. */
    Optional<Heard> look() {
        Optional<Heard> now = found();
        now.ifPresent(this::heard);
        return now;
    }

    private Optional<Heard> found() {
        if (progress.isEndKnown()) {
            return Optional.of(Heard.THERE);
        }
        if (progress.whyAway() == null || !projections.areKnown()) {
            return Optional.empty();
        }
        return Optional.of(projections.isAnyFoldedElsewhere() ? Heard.THERE_FOR_OTHERS : Heard.AWAY);
    }

    private void heard(Heard now) {
        if (kafka.is(now) && now == Heard.THERE_FOR_OTHERS) {
            LOG.error("Kafka does not answer here, and another instance folds what comes from it: is"
                    + " forgewatch.kafka.bootstrap right, and the way there free? Until then this instance is not ready."
                    + " 本实例无法连接 Kafka，而其他实例正常处理数据：请检查 forgewatch.kafka.bootstrap 与网络。在此之前本实例不就绪。");
        }
    }
}
