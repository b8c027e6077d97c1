package io.forgewatch.command.detection;

import io.forgewatch.command.bulkhead.Bulkhead;
import io.forgewatch.command.bulkhead.Limits;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.bulkhead.Trying;
import io.forgewatch.command.parking.ParkedSignals;
import io.forgewatch.command.parking.ParkedSignals.Entry;
import io.forgewatch.command.parking.ParkedSignals.Kept;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * What is parked of the signals: kept in the store by what it is about, tried again every half minute beside what comes, in order for
 * each point, and superseded by what says the same later. A signal of a point that is parked joins what waits there, so that it is
 * not tried for ten seconds each time and in the way of the works' other points.
 */
final class SignalsAside {

    private static final Logger LOG = LoggerFactory.getLogger(SignalsAside.class);
    private static final Limits LIMITS = new Limits(8, 4_096, 1_024, 4);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int PAGE = 256;
    private static final int MOST_UNDER_WAY = 4_096;
    private static final Duration MOST_FOR_A_WRITE = Duration.ofSeconds(20);

    private final ParkedSignals parked;
    private final SignalTelling telling;
    private final Trying trying;
    private final DetectionMetrics metrics;
    private final Scheduler time;
    private final Bulkhead turns;
    private final SparseLog log;
    private final KnownSubjects known;
    private final SubjectsUnderWay underWay = new SubjectsUnderWay();

    /** @param time by which it waits */
    SignalsAside(
            ParkedSignals parked,
            SignalTelling telling,
            Trying trying,
            DetectionMetrics metrics,
            Scheduler time,
            Scheduler starts) {
        this.parked = parked;
        this.telling = telling;
        this.trying = trying;
        this.metrics = metrics;
        this.time = time;
        this.turns = new Bulkhead(LIMITS, starts);
        this.log = new SparseLog(LOG, time);
        this.known = new KnownSubjects(parked, time);
    }

    /** Whether what it is about is parked, as far as is known here. */
    boolean has(Signal signal) {
        return known.has(signal.subject());
    }

    /** It fails, whatever is tried: completes when it is kept. */
    Mono<Void> park(Signal signal, SignalLog.Received received, PoisonException failure) {
        metrics.parked();
        log.warn("Signals are parked, the last of {}: {}", signal.alarm(), String.valueOf(failure.getCause()));
        return kept(signal, parked.failing(entry(signal, received), failure));
    }

    /** Too much of its works waits: completes when it is kept. */
    Mono<Void> spill(Signal signal, SignalLog.Received received) {
        metrics.behind();
        return kept(signal, parked.behind(entry(signal, received)));
    }

    /** What it is about is parked: completes when it is kept with that. */
    Mono<Void> join(Signal signal, SignalLog.Received received) {
        metrics.parked();
        return kept(signal, parked.joining(entry(signal, received)));
    }

    private static Entry entry(Signal signal, SignalLog.Received received) {
        return new Entry(
                signal.subject(),
                signal.entry(),
                EnterpriseId.of(signal.deviceId()).value(),
                received.partition(),
                received.offset(),
                received.value());
    }

    private Mono<Void> kept(Signal signal, Mono<Void> write) {
        known.add(signal.subject());
        return write.timeout(MOST_FOR_A_WRITE, time).retryWhen(patiently());
    }

    /** Tries again what is kept, for ever: of a works that hangs so much and no more, so that it keeps nobody else's from its turn. */
    Flux<Void> run() {
        return parked.begin()
                .retryWhen(patiently())
                .thenMany(Flux.interval(Duration.ZERO, LOOK_EVERY, time).onBackpressureDrop())
                .concatMap(
                        tick -> due().onErrorResume(
                                        failure -> laterAgain(failure).then(Mono.empty())),
                        1)
                .flatMapIterable(SignalsAside::bySubject, 1)
                .flatMap(this::tried, MOST_UNDER_WAY, 1);
    }

    private Mono<Void> tried(List<Kept> mine) {
        Kept first = mine.getFirst();
        if (!underWay.take(first)) {
            return parked.untried(mine).onErrorResume(this::laterAgain);
        }
        return turns.inTurn(first.enterprise(), ofSubject(mine))
                .onErrorResume(this::laterAgain)
                .doFinally(end -> underWay.leave(first));
    }

    /** A page after the other, for as long as there is more and room for it. */
    private Flux<List<Kept>> due() {
        return known.look()
                .thenMany(Flux.defer(() -> known.isEmpty()
                        ? Flux.<List<Kept>>empty()
                        : page().expand(page -> page.size() < PAGE ? Mono.empty() : page())))
                .filter(page -> !page.isEmpty());
    }

    private Mono<List<Kept>> page() {
        return Mono.defer(() -> parked.due(PAGE, underWay.busy()).collectList());
    }

    private static Collection<List<Kept>> bySubject(List<Kept> page) {
        return page.stream()
                .collect(Collectors.groupingBy(Kept::subject, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** In order; where one fails the rest waits with it. */
    private Mono<Void> ofSubject(List<Kept> mine) {
        return Flux.fromIterable(mine)
                .concatMap(kept -> trying.of(Mono.defer(() -> telling.told(Signal.of(kept.payload()))))
                        .then(Mono.defer(() -> parked.done(kept)))
                        .doOnNext(last -> {
                            if (last) {
                                known.forget(kept.subject());
                            }
                        }))
                .then()
                .onErrorResume(
                        PoisonException.class,
                        poison -> parked.failed(mine.getFirst().subject(), poison))
                .onErrorResume(this::laterAgain);
    }

    /** It is found again when the claim on it has run out. */
    private Mono<Void> laterAgain(Throwable failure) {
        log.warn("What is parked of the {} could not be tried: {}", "signals", failure.toString());
        return Mono.empty();
    }

    private Retry patiently() {
        return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                .maxBackoff(LONGEST_WAIT)
                .jitter(0.5)
                .scheduler(time);
    }
}
