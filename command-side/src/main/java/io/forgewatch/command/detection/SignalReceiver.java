package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.event.Actor;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.core.JacksonException;

/**
 * Makes commands of signals: in order for an enterprise, side by side for different ones, acknowledged when the command is done.
 * A refusal is an answer; a failure is tried again a few times and then let go, since what still holds is asserted again within
 * 30 s.
 */
public final class SignalReceiver implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SignalReceiver.class);
    private static final int LANES = 32;
    private static final int TRIES = 5;
    private static final Duration MOST_FOR_ONE = Duration.ofSeconds(10);
    private static final Actor DETECTION = new Actor("detection", "0");

    private final SignalLog signals;
    private final Commands commands;
    private final DetectionMetrics metrics;
    private final Mono<Void> ready;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    /** @param ready completes when the topic is there */
    SignalReceiver(SignalLog signals, Commands commands, DetectionMetrics metrics, Mono<Void> ready) {
        this.signals = signals;
        this.commands = commands;
        this.metrics = metrics;
        this.ready = ready;
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
        return Mono.defer(() -> obey(Signal.of(received.value())))
                .onErrorResume(JacksonException.class, e -> {
                    LOG.error("A record is no signal and is left out: {}", e.getMessage());
                    metrics.parked();
                    return Mono.empty();
                })
                .then(Mono.fromRunnable(received.acknowledge()));
    }

    private Mono<Void> obey(Signal signal) {
        // Repeats by the clock have no key: they should work when the first did not.
        String key = signal.assertion() == 0 ? signal.signalId().toString() : null;
        return Mono.defer(() -> commands.send(command(signal), DETECTION, key))
                .timeout(MOST_FOR_ONE)
                .retryWhen(Retry.backoff(TRIES, Duration.ofMillis(50))
                        .maxBackoff(Duration.ofSeconds(2))
                        .jitter(0.5)
                        .filter(failure -> !RefusedException.isAnswer(failure)))
                .doOnNext(answer -> metrics.done())
                .then()
                .onErrorResume(failure -> {
                    if (failure instanceof RefusedException refused && RefusedException.isAnswer(refused)) {
                        LOG.info("Refused: {} for {}", refused.refusal().code(), signal.alarm());
                        metrics.refused();
                    } else {
                        LOG.error("Left until it is asserted again: {}", signal, failure);
                        metrics.parked();
                    }
                    return Mono.empty();
                });
    }

    private static AlarmCommand command(Signal signal) {
        return switch (signal.kind()) {
            case BREACH -> breach(signal);
            case RETURN -> new ReportReturn(signal.alarm(), signal.value(), signal.at());
            case SETTLED -> new ReportSettled(signal.alarm(), signal.value(), signal.at());
            case LATE -> new ReportLateBreach(breach(signal));
        };
    }

    private static ReportBreach breach(Signal signal) {
        return new ReportBreach(
                signal.alarm(),
                signal.equipmentClass(),
                signal.area(),
                signal.limit(),
                signal.severity(),
                signal.value(),
                signal.threshold(),
                signal.thresholdVersion(),
                signal.unit(),
                signal.readings(),
                signal.at(),
                signal.fault(),
                signal.gateway(),
                signal.points(),
                signal.pointCount());
    }

    @Override
    public void stop() {
        started = false;
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
