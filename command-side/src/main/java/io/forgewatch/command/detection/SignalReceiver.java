package io.forgewatch.command.detection;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.bulkhead.FullException;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.parking.ParkedSignals;
import io.forgewatch.command.standing.StandingStream;
import io.forgewatch.command.standing.StandingStreams;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Makes commands of signals: in order for a works, beside those of all others, each acknowledged when its command is done or refused,
 * or it is kept in the store with what is parked. What a point's signals fail with concerns that point, and the others of its works
 * pass; while the store is away all wait and nobody is parked. After some seconds they are left to the other instances, as it may be
 * away for this one alone. Late signals, in no order with what is live, go the same way.
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
    private final HeldSignals held;
    private final StoreAbsence absence;
    private final StandingStream receiving;
    private final StandingStream trying;
    private volatile boolean started;

    /**
     * @param ready completes when the topic is there
     * @param time by which it waits
     * @param starts where a signal's turn begins
     */
    SignalReceiver(
            SignalLog signals,
            Commands commands,
            ParkedSignals parked,
            Blame blame,
            DetectionMetrics metrics,
            StandingStreams streams,
            Mono<Void> ready,
            Scheduler time,
            Scheduler starts) {
        SignalTelling telling = new SignalTelling(commands, metrics);
        this.absence = new StoreAbsence(blame, time);
        SignalTries tries = new SignalTries(absence, blame, time);
        this.signals = signals;
        this.turns = new SignalTurns(telling, tries, starts);
        this.aside = new SignalsAside(parked, telling, tries, metrics, time, starts);
        this.metrics = metrics;
        this.ready = ready;
        this.held = new HeldSignals(time);
        // Neither waits for the other: what is kept is tried while the topic is away.
        this.receiving = streams.of("signals", this::receive);
        this.trying = streams.of("signals-kept", aside::run);
        metrics.oldestSignal(this::oldest);
    }

    @Override
    public void start() {
        started = true;
        receiving.start();
        trying.start();
    }

    private Flux<Void> receive() {
        return ready.thenMany(Flux.defer(signals::receive))
                .flatMap(received -> held.during(handle(received)), MOST_HELD, 1)
                .retryWhen(absence.whereGivenUp());
    }

    /**
     * How long the oldest signal has been neither done nor kept; zero where none waits. While they are left to others, since when the
     * store takes none from here.
     */
    Duration oldest() {
        Duration mine = held.oldest();
        Duration away = absence.lasting();
        return mine.compareTo(away) > 0 ? mine : away;
    }

    private Mono<Void> handle(SignalLog.Received received) {
        Signal signal;
        try {
            signal = Signal.of(received.value());
        } catch (NewerSignalException unknown) {
            return newer(received, unknown);
        } catch (RuntimeException | StackOverflowError noSignal) {
            return leftOut(received, noSignal);
        }
        return done(signal, received).then(Mono.fromRunnable(received.acknowledge()));
    }

    private Mono<Void> leftOut(SignalLog.Received received, Throwable noSignal) {
        LOG.warn("A record is no signal and is left out: {}", noSignal.toString());
        metrics.noSignal();
        return Mono.fromRunnable(received.acknowledge());
    }

    /** It may be said once only, so it is kept until an instance of a release that knows it is there. */
    private Mono<Void> newer(SignalLog.Received received, NewerSignalException unknown) {
        return NewerSignal.of(received.key(), received.value())
                .map(signal ->
                        aside.keep(signal, received, unknown).then(Mono.<Void>fromRunnable(received.acknowledge())))
                .orElseGet(() -> leftOut(received, unknown));
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
        receiving.stop();
        trying.stop();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
