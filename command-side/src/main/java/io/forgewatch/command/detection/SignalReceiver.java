package io.forgewatch.command.detection;

import io.forgewatch.command.decision.Commands;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Makes commands of signals: in order for an enterprise, side by side for different ones, acknowledged when the command is done.
 * A refusal is an answer. What fails is tried again, for a bounded time in all, and is then let go, so that what comes after it in
 * its lane is not held up: detection says breach, return and settled again every 30 s until the table of open alarms agrees (ADR
 * 25). What detection says once, of late readings, is not let go: see {@link LateSignals}.
 */
public final class SignalReceiver implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SignalReceiver.class);
    private static final int LANES = 32;
    private static final int TRIES = 5;
    private static final Duration MOST_FOR_A_SIGNAL = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final SignalLog signals;
    private final SignalTelling telling;
    private final LateSignals late;
    private final DetectionMetrics metrics;
    private final Mono<Void> ready;
    private final Scheduler time;
    private final SparseLog letGo;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    /** @param ready completes when the topic is there */
    SignalReceiver(SignalLog signals, Commands commands, DetectionMetrics metrics, Mono<Void> ready) {
        this(signals, commands, metrics, ready, Schedulers.parallel());
    }

    /** @param time by which it waits */
    SignalReceiver(SignalLog signals, Commands commands, DetectionMetrics metrics, Mono<Void> ready, Scheduler time) {
        this.signals = signals;
        this.telling = new SignalTelling(commands, metrics, time);
        this.late = new LateSignals(signals, telling, metrics, time);
        this.metrics = metrics;
        this.ready = ready;
        this.time = time;
        this.letGo = new SparseLog(LOG, time);
    }

    @Override
    public void start() {
        started = true;
        running.update(ready.thenMany(Flux.defer(this::receive))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(10))
                        .jitter(0.5)
                        .doBeforeRetry(retry -> LOG.warn("Signals are received anew", retry.failure())))
                // A receiver that just ends is as bad as one that fails.
                .repeat(() -> started)
                .subscribe(nothing -> {}, failure -> LOG.error("No signals are received any more", failure)));
    }

    private Flux<Void> receive() {
        return signals.receive()
                .groupBy(received -> Math.floorMod(Arrays.hashCode(received.key()), LANES))
                .flatMap(lane -> lane.concatMap(this::handle), LANES);
    }

    private Mono<Void> handle(SignalLog.Received received) {
        Signal signal;
        try {
            signal = Signal.of(received.value());
        } catch (IllegalArgumentException noSignal) {
            LOG.warn("A record is no signal and is left out: {}", noSignal.getMessage());
            metrics.noSignal();
            return Mono.fromRunnable(received.acknowledge());
        }
        return signal.kind() == Verdict.Kind.LATE
                // In no order with what is live, and nobody waits for it.
                ? late.take(signal, received)
                : obey(signal).then(Mono.fromRunnable(received.acknowledge()));
    }

    private Mono<Void> obey(Signal signal) {
        return telling.told(signal, TRIES, LONGEST_WAIT).timeout(MOST_FOR_A_SIGNAL, time).onErrorResume(failure -> {
            metrics.parked();
            letGo.warn(
                    "Signals are let go until they are said again, the last of {}: {}", signal.alarm(), why(failure));
            return Mono.empty();
        });
    }

    private static String why(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof TimeoutException ? "no answer in time" : String.valueOf(cause);
    }

    @Override
    public void stop() {
        started = false;
        running.dispose();
        late.stop();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
