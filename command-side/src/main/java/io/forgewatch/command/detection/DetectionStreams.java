package io.forgewatch.command.detection;

import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import java.time.Duration;
import java.util.Properties;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Starts detection once the plant is known, and stops it. A thread that fails is replaced, and all of it is begun again where it could
 * not begin or has ended: silence is the worst answer.
 */
public final class DetectionStreams implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DetectionStreams.class);
    private static final Duration MOST_STOPPING = Duration.ofSeconds(10);

    private final Supplier<Topology> topology;
    private final Properties settings;
    private final StandingPartitions partitions;
    private final FirstEvaluation first;
    private final StandingStream standing;
    private volatile @Nullable KafkaStreams streams;

    /** @param ready completes when there is something to evaluate and all that it is compared with */
    DetectionStreams(
            Mono<Void> ready,
            Supplier<Topology> topology,
            Properties settings,
            StandingPartitions partitions,
            FirstEvaluation first,
            StandingStreams shells) {
        this.topology = topology;
        this.settings = settings;
        this.partitions = partitions;
        this.first = first;
        this.standing = shells.of(
                "detection",
                () -> ready.thenMany(Flux.using(this::create, this::run, this::close)
                                .subscribeOn(Schedulers.boundedElastic()))
                        .doOnError(first::failed));
    }

    /** Where no readings are evaluated until newer code has the partition: partitions, and before which offset each stands. */
    SortedMap<Integer, Long> standing() {
        return partitions.all();
    }

    /** Whether readings are being evaluated. */
    public boolean isEvaluating() {
        KafkaStreams current = streams;
        return current != null && current.state() == State.RUNNING;
    }

    private KafkaStreams create() {
        return new KafkaStreams(topology.get(), settings, partitions.clients());
    }

    /** Tells whenever it has come to evaluate; fails when it has ended by itself. */
    private Flux<State> run(KafkaStreams created) {
        return Flux.<State>create(states -> {
                    created.setUncaughtExceptionHandler(failure -> {
                        first.failed(failure);
                        LOG.error("A detection thread failed and is replaced", failure);
                        return StreamThreadExceptionResponse.REPLACE_THREAD;
                    });
                    created.setStateListener((now, before) -> {
                        first.runs(now == State.RUNNING);
                        LOG.info("Detection: {} → {}", before, now);
                        tell(now, states);
                    });
                    streams = created;
                    created.start();
                })
                // What follows an end waits for the threads that tell of it.
                .publishOn(Schedulers.boundedElastic());
    }

    private static void tell(State now, FluxSink<State> states) {
        switch (now) {
            case RUNNING -> states.next(now);
            case ERROR, NOT_RUNNING -> {
                if (!states.isCancelled()) {
                    states.error(new IllegalStateException("Detection is " + now));
                }
            }
            case CREATED, REBALANCING, PENDING_SHUTDOWN, PENDING_ERROR -> {}
        }
    }

    private void close(KafkaStreams ended) {
        streams = null;
        if (!ended.close(MOST_STOPPING)) {
            LOG.warn("Detection did not stop within {}", MOST_STOPPING);
        }
    }

    @Override
    public void start() {
        standing.start();
    }

    @Override
    public void stop() {
        standing.stop();
    }

    @Override
    public boolean isRunning() {
        return standing.isStarted();
    }
}
