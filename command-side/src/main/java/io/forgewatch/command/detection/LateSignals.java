package io.forgewatch.command.detection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * What detection says once, of readings that came late: tried beside the lanes, in no order with what is live. One that is not
 * acknowledged holds back the acknowledgement of all that comes after it in its partition, and with enough of those nothing is
 * received any more. So none is kept for longer than a round: what could not be done in it is sent again to the end of the topic,
 * then acknowledged. After about a day of rounds it is put aside, counted and written out whole to the log.
 */
final class LateSignals {

    /** A round a minute: about a day. */
    static final int MOST_ROUNDS = 1_440;

    static final Duration ROUND = Duration.ofSeconds(60);

    /** One that failed in the round before waits so long first. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(LateSignals.class);
    private static final int MOST_TRIED = 256;
    private static final int MOST_HELD = 10_000;

    private final SignalLog signals;
    private final SignalTelling telling;
    private final DetectionMetrics metrics;
    private final Scheduler time;
    private final SparseLog left;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger tried = new AtomicInteger();
    private final Disposable.Composite aside = Disposables.composite();

    /** @param time by which it waits */
    LateSignals(SignalLog signals, SignalTelling telling, DetectionMetrics metrics, Scheduler time) {
        this.signals = signals;
        this.telling = telling;
        this.metrics = metrics;
        this.time = time;
        this.left = new SparseLog(LOG, time);
    }

    /** Sees to a signal beside the lanes; completes at once, but where too many are held already, when it is sent again. */
    Mono<Void> take(Signal signal, SignalLog.Received received) {
        if (held.get() >= MOST_HELD) {
            return again(received, received.rounds()).then(Mono.fromRunnable(received.acknowledge()));
        }
        held.incrementAndGet();
        Disposable.Swap one = Disposables.swap();
        aside.add(one);
        one.update(round(signal, received)
                .doFinally(end -> {
                    held.decrementAndGet();
                    aside.remove(one);
                })
                .subscribe(
                        nothing -> {},
                        failure -> LOG.error("A late signal waits until it is received anew: {}", signal, failure),
                        received.acknowledge()));
        return Mono.empty();
    }

    /** Those that are under way are received anew, since they are not acknowledged. */
    void stop() {
        aside.dispose();
    }

    private Mono<Void> round(Signal signal, SignalLog.Received received) {
        Mono<Void> pause = received.rounds() == 0
                ? Mono.empty()
                : Mono.delay(PAUSE, time).then();
        return pause.then(Mono.defer(() -> tried(signal)))
                .timeout(ROUND, time)
                .onErrorResume(failure -> failure instanceof NoPlaceException
                        ? again(received, Math.max(1, received.rounds()))
                        : failed(signal, received, failure));
    }

    private Mono<Void> tried(Signal signal) {
        if (tried.incrementAndGet() > MOST_TRIED) {
            tried.decrementAndGet();
            return Mono.delay(PAUSE, time).then(Mono.error(NoPlaceException::new));
        }
        return telling.told(signal, Long.MAX_VALUE, LONGEST_WAIT).doFinally(end -> tried.decrementAndGet());
    }

    private Mono<Void> failed(Signal signal, SignalLog.Received received, Throwable failure) {
        int rounds = received.rounds() + 1;
        if (rounds >= MOST_ROUNDS) {
            metrics.lateParked();
            LOG.error(
                    "A late signal could not be done for a day and is put aside: {}",
                    new String(received.value(), StandardCharsets.UTF_8),
                    failure);
            return Mono.empty();
        }
        left.warn("Late signals are tried again, the last of {}: {}", signal.alarm(), String.valueOf(failure));
        metrics.putBack();
        return again(received, rounds);
    }

    /** What is not sent again is not acknowledged: it is tried for as long as it takes. */
    private Mono<Void> again(SignalLog.Received received, int rounds) {
        return Mono.defer(() -> signals.again(received, rounds))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(LONGEST_WAIT)
                        .jitter(0.5)
                        .scheduler(time));
    }

    /** Enough others were being tried: this was not, and that counts for nothing. */
    private static final class NoPlaceException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoPlaceException() {
            super("no place", null, false, false);
        }
    }
}
