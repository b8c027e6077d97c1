package io.forgewatch.command.detection;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.bulkhead.FullException;
import io.forgewatch.command.bulkhead.Patience;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.bulkhead.Trying;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.parking.ParkedSignals;
import io.forgewatch.command.standing.StandingStream;
import io.forgewatch.command.standing.StandingStreams;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Makes commands of signals: in order for a works, beside those of all others, each acknowledged when its command is done or refused,
 * or it is kept in the store with what is parked, or let go until it is said again where a works has more waiting than is its share.
 * What a point's signals fail with concerns that point, and the others of its works pass; while the store is away all wait and nobody
 * is parked. Late signals, in no order with what is live, go the same way.
 */
public final class SignalReceiver implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SignalReceiver.class);

    /** So many are held: those that have their turn, wait for it, or wait to be kept. What more there is stays in the topic. */
    private static final int MOST_HELD = 32_768;
    /** What is left of it is for those works of which nearly nothing is held. */
    private static final int MOST_SHARED = MOST_HELD / 4 * 3;

    private final SignalLog signals;
    private final SignalTurns turns;
    private final SignalsAside aside;
    private final DetectionMetrics metrics;
    private final Mono<Void> ready;
    private final HeldSignals held;
    private final SparseLog log;
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
        Trying tries = new Trying(Patience.USUAL, blame, time);
        this.signals = signals;
        this.turns = new SignalTurns(telling, tries, starts);
        this.aside = new SignalsAside(parked, telling, tries, metrics, time, starts);
        this.metrics = metrics;
        this.ready = ready;
        this.held = new HeldSignals(MOST_SHARED, time);
        this.log = new SparseLog(LOG, time);
        // Neither waits for the other: what is kept is tried while the topic is away.
        this.receiving = streams.of("signals", this::receive);
        this.trying = streams.of("signals-kept", aside::run);
        metrics.oldestSignal(held);
    }

    @Override
    public void start() {
        started = true;
        receiving.start();
        trying.start();
    }

    private Flux<Void> receive() {
        return ready.thenMany(Flux.defer(signals::receive)).flatMap(this::handle, MOST_HELD, 1);
    }

    /** How long the oldest signal has been neither done nor kept; zero where none waits. */
    Duration oldest() {
        return held.oldest();
    }

    private Mono<Void> handle(SignalLog.Received received) {
        Signal signal;
        String works;
        try {
            signal = Signal.of(received.value());
            works = EnterpriseId.of(signal.deviceId()).value();
        } catch (RuntimeException | StackOverflowError noSignal) {
            LOG.warn("A record is no signal and is left out: {}", noSignal.toString());
            metrics.noSignal();
            return Mono.fromRunnable(received.acknowledge());
        }
        if (isSaidAgain(signal) && !held.hasRoomFor(works)) {
            return letGo(signal, works, received);
        }
        return held.during(works, done(signal, received).then(Mono.fromRunnable(received.acknowledge())));
    }

    /** All but what is late is said every half minute, until the table of open alarms agrees (ADR 25). */
    private static boolean isSaidAgain(Signal signal) {
        return signal.kind() != Verdict.Kind.LATE;
    }

    /** More of its works is held than is its share. Were it held or left in the topic, the others' would wait behind it. */
    private Mono<Void> letGo(Signal signal, String works, SignalLog.Received received) {
        return Mono.fromRunnable(() -> {
            metrics.letGo();
            log.warn(
                    "Signals are let go until they are said again, the last of {}: of {} too many wait",
                    signal.alarm(),
                    works);
            received.acknowledge().run();
        });
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
