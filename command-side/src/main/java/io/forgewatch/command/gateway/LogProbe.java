package io.forgewatch.command.gateway;

import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tries the log with a pulse every two seconds, one partition after another, and each that confirms nothing: so that an outage and
 * its end are seen within seconds also where no frame comes.
 */
final class LogProbe implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(LogProbe.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Opening opening;
    private final KafkaFrameLog log;
    private final Clock clock;
    private final StandingStream standing;

    LogProbe(Opening opening, KafkaFrameLog log, Clock clock, StandingStreams streams) {
        this.opening = opening;
        this.log = log;
        this.clock = clock;
        this.standing = streams.of("probe", this::probes);
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    private Flux<Long> probes() {
        return opening.opened()
                .thenMany(Flux.interval(EVERY).onBackpressureDrop())
                .doOnNext(this::probe);
    }

    /** Waits for nothing: what was tried and not confirmed shows in the log itself. */
    private void probe(long tick) {
        int turn = (int) (tick % TelemetryTopics.PARTITIONS);
        IntStream.range(0, TelemetryTopics.PARTITIONS)
                .filter(partition -> !log.isTrying(partition))
                .filter(partition ->
                        partition == turn || log.unconfirmed(partition).isPositive())
                .forEach(partition -> log.pulse(partition, clock.millis())
                        .onErrorResume(failure -> {
                            LOG.debug("A probe was not written: {}", failure.toString());
                            return Mono.empty();
                        })
                        .subscribe());
    }
}
