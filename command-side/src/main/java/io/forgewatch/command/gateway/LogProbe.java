package io.forgewatch.command.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tries the log with a pulse every two seconds, one partition after another, and each that confirms nothing: so that an outage and
 * its end are seen within seconds also where no frame comes.
 */
final class LogProbe implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogProbe.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Opening opening;
    private final KafkaFrameLog log;
    private final Clock clock;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    LogProbe(Opening opening, KafkaFrameLog log, Clock clock) {
        this.opening = opening;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void start() {
        started = true;
        running.update(opening.opened()
                .thenMany(Flux.interval(EVERY).onBackpressureDrop())
                .subscribe(this::probe, failure -> LOG.error("The log is not tried any more", failure)));
    }

    /** Waits for nothing: what was tried and not confirmed shows in the log itself. */
    private void probe(long tick) {
        int turn = (int) (tick % TelemetryTopics.PARTITIONS);
        IntStream.range(0, TelemetryTopics.PARTITIONS)
                .filter(partition -> !log.isTrying(partition))
                .filter(partition -> partition == turn || log.unconfirmed(partition).isPositive())
                .forEach(partition -> log.pulse(partition, clock.millis())
                        .onErrorResume(failure -> {
                            LOG.debug("A probe was not written: {}", failure.toString());
                            return Mono.empty();
                        })
                        .subscribe());
    }

    @Override
    public void stop() {
        started = false;
        running.update(Disposables.disposed());
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
