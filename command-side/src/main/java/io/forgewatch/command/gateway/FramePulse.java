package io.forgewatch.command.gateway;

import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends a pulse to every partition of the frames while the door is open, so that whoever reads them can tell a gateway's silence
 * from a time in which no frame could be taken. One that can't be written is not made up for: that is what it says.
 */
public final class FramePulse implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(FramePulse.class);

    private final Opening opening;
    private final FrameLog log;
    private final Clock clock;
    private final Duration every;
    private final StandingStream standing;

    FramePulse(Opening opening, FrameLog log, Clock clock, Duration every, StandingStreams streams) {
        this.opening = opening;
        this.log = log;
        this.clock = clock;
        this.every = every;
        this.standing = streams.of("pulse", this::beats);
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    private Flux<Void> beats() {
        return opening.opened()
                .thenMany(Flux.interval(Duration.ZERO, every).onBackpressureDrop())
                .concatMap(tick -> beat(), 1);
    }

    private Mono<Void> beat() {
        return Flux.range(0, TelemetryTopics.PARTITIONS)
                .flatMap(partition -> log.pulse(partition, clock.millis())
                        .doOnError(failure -> LOG.debug("A pulse was not written: {}", failure.toString()))
                        .onErrorComplete())
                .then();
    }
}
