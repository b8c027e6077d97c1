package io.forgewatch.command.detection;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.bulkhead.FullException;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.parking.ParkedSignals;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Makes commands of signals: in order for a works, beside those of all others, each acknowledged when its command is done or refused,
 * or it is kept in the store with what is parked, or let go until it is said again where a works has more waiting than is its share.
 * What a point's signals fail with concerns that point, and the others of its works pass; while the store is away all wait and nobody
 * is parked. After some seconds they are left to the other instances, as it may be away for this one alone. Late signals, in no order
 * with what is live, go the same way.
 */
public final class SignalReceiver implements Stands {

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
    private final StoreAbsence absence;
    private final SparseLog log;
    private final List<StandingStream> standing;

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
        this.held = new HeldSignals(MOST_SHARED, time);
        this.log = new SparseLog(LOG, time);
        // Neither waits for the other: what is kept is tried while the topic is away.
        this.standing = List.of(streams.of("signals", this::receive), streams.of("signals-kept", aside::run));
        metrics.oldestSignal(this::oldest);
    }

    @Override
    public List<StandingStream> standing() {
        return standing;
    }

    private Flux<Void> receive() {
        return ready.thenMany(Flux.defer(signals::receive))
                .flatMap(this::handle, MOST_HELD, 1)
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

    /** Whether none is received here, since the store takes none from here. */
    boolean isLeftToOthers() {
        return absence.isResting();
    }

    private Mono<Void> handle(SignalLog.Received received) {
        Signal signal;
        String works;
        try {
            signal = Signal.of(received.value());
            works = EnterpriseId.of(signal.deviceId()).value();
        } catch (NewerSignalException unknown) {
            return newer(received, unknown);
        } catch (RuntimeException | StackOverflowError noSignal) {
            return leftOut(received, noSignal);
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

    private Mono<Void> leftOut(SignalLog.Received received, Throwable noSignal) {
        LOG.warn("A record is no signal and is left out: {}", noSignal.toString());
        metrics.noSignal();
        return Mono.fromRunnable(received.acknowledge());
    }

    /** It may be said once only, so it is kept until an instance of a release that knows it is there. */
    private Mono<Void> newer(SignalLog.Received received, NewerSignalException unknown) {
        return NewerSignal.of(received.key(), received.value())
                .map(signal -> held.during(
                        signal.works(),
                        aside.keep(signal, received, unknown).then(Mono.<Void>fromRunnable(received.acknowledge()))))
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
}
