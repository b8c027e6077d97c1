package io.forgewatch.command.detection;

import java.time.Duration;
import java.util.Properties;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Starts detection once the plant is known, and stops it. A thread that fails is replaced: silence is the worst answer. */
public final class DetectionStreams implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DetectionStreams.class);
    private static final Duration MOST_STOPPING = Duration.ofSeconds(10);

    private final Mono<Void> ready;
    private final Supplier<Topology> topology;
    private final Properties settings;
    private final StandingPartitions standing;
    private final FirstEvaluation first;
    private final Disposable.Swap starting = Disposables.swap();
    private volatile boolean started;
    private volatile @Nullable KafkaStreams streams;

    /** @param ready completes when there is something to evaluate and all that it is compared with */
    DetectionStreams(
            Mono<Void> ready,
            Supplier<Topology> topology,
            Properties settings,
            StandingPartitions standing,
            FirstEvaluation first) {
        this.ready = ready;
        this.topology = topology;
        this.settings = settings;
        this.standing = standing;
        this.first = first;
    }

    /** Where no readings are evaluated until newer code has the partition: partitions, and before which offset each stands. */
    SortedMap<Integer, Long> standing() {
        return standing.all();
    }

    /** Whether readings are being evaluated. */
    public boolean isEvaluating() {
        KafkaStreams current = streams;
        return current != null && current.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void start() {
        started = true;
        starting.update(ready.then(Mono.fromRunnable(this::run).subscribeOn(Schedulers.boundedElastic()))
                .doOnError(first::failed)
                .subscribe(nothing -> {}, failure -> LOG.error("Detection does not run", failure)));
    }

    private synchronized void run() {
        if (!started) {
            return;
        }
        KafkaStreams created = new KafkaStreams(topology.get(), settings, standing.clients());
        created.setUncaughtExceptionHandler(failure -> {
            first.failed(failure);
            LOG.error("A detection thread failed and is replaced", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        created.setStateListener((now, before) -> {
            first.runs(now == KafkaStreams.State.RUNNING);
            LOG.info("Detection: {} → {}", before, now);
        });
        streams = created;
        created.start();
    }

    @Override
    public synchronized void stop() {
        started = false;
        starting.dispose();
        KafkaStreams current = streams;
        if (current != null && !current.close(MOST_STOPPING)) {
            LOG.warn("Detection did not stop within {}", MOST_STOPPING);
        }
        streams = null;
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
