package io.forgewatch.command.detection;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.bulkhead.FullException;
import io.forgewatch.command.bulkhead.Patience;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.bulkhead.Trying;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.parking.ParkedSignals;
import java.time.Duration;
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
 * Makes commands of signals: in order for a works, beside those of all others, each acknowledged when its command is done or refused,
 * or it is kept in the store with what is parked. What a point's signals fail with concerns that point, and the others of its works
 * pass; while the store is away all wait and nobody is parked. Late signals, in no order with what is live, go the same way.
 */
public final class SignalReceiver implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SignalReceiver.class);

    /** So many are held: those that have their turn, wait for it, or wait to be kept. What more there is stays in the topic. */
    private static final int MOST_HELD = 32_768;

    private final SignalLog signals;
    private final SignalTurns turns;
    private final SignalsAside aside;
    private final DetectionMetrics metrics;
    private final Mono<Void> ready;
    private final Scheduler time;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    /** @param ready completes when the topic is there */
    SignalReceiver(
            SignalLog signals,
            Commands commands,
            ParkedSignals parked,
            Blame blame,
            DetectionMetrics metrics,
            Mono<Void> ready) {
        this(signals, commands, parked, blame, metrics, ready, Schedulers.parallel(), Schedulers.parallel());
    }

    /**
     * @param time by which it waits
     * @param starts where a signal's turn begins
     */
    SignalReceiver(
            SignalLog signals,
            Commands commands,
            ParkedSignals parked,
            Blame blame,
            DetectionMetrics metrics,
            Mono<Void> ready,
            Scheduler time,
            Scheduler starts) {
        SignalTelling telling = new SignalTelling(commands, metrics);
        Trying trying = new Trying(Patience.USUAL, blame, time);
        this.signals = signals;
        this.turns = new SignalTurns(telling, trying, starts);
        this.aside = new SignalsAside(parked, telling, trying, metrics, time, starts);
        this.metrics = metrics;
        this.ready = ready;
        this.time = time;
    }

    @Override
    public void start() {
        started = true;
        running.update(Flux.merge(receiving(), aside.run())
                .subscribe(nothing -> {}, failure -> LOG.error("No signals are received any more", failure)));
    }

    private Flux<Void> receiving() {
        return ready.thenMany(Flux.defer(this::receive))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(10))
                        .jitter(0.5)
                        .scheduler(time)
                        .doBeforeRetry(retry -> LOG.warn("Signals are received anew", retry.failure())))
                // A receiver that just ends is as bad as one that fails.
                .repeat(() -> started);
    }

    private Flux<Void> receive() {
        return signals.receive().flatMap(this::handle, MOST_HELD, 1);
    }

    private Mono<Void> handle(SignalLog.Received received) {
        Signal signal;
        try {
            signal = Signal.of(received.value());
        } catch (RuntimeException | StackOverflowError noSignal) {
            LOG.warn("A record is no signal and is left out: {}", noSignal.toString());
            metrics.noSignal();
            return Mono.fromRunnable(received.acknowledge());
        }
        return done(signal, received).then(Mono.fromRunnable(received.acknowledge()));
    }

    private Mono<Void> done(Signal signal, SignalLog.Received received) {
        if (aside.has(signal)) {
            return aside.join(signal, received);
        }
        return turns.told(signal)
                .onErrorResume(FullException.class, full -> aside.spill(signal, received))
                .onErrorResume(PoisonException.class, poison -> aside.park(signal, received, poison));
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
