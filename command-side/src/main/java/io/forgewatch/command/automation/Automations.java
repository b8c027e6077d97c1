package io.forgewatch.command.automation;

import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.R2dbcTokenStore;
import io.forgewatch.command.eventstore.R2dbcTokenStore.Share;
import io.forgewatch.command.eventstore.RecentEvents;
import io.forgewatch.command.eventstore.StandingWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Shares the automations among the instances: each is run by the one that has claimed its token. A claim is extended and the
 * position stored every second, and given back at the stop, and where an automation keeps failing; the claims of an instance that
 * died run out and are taken over. After a crash a few events are handled again, which changes nothing.
 */
final class Automations extends StandingWork {

    private static final Logger LOG = LoggerFactory.getLogger(Automations.class);
    private static final Duration TICK = Duration.ofMillis(500);
    /** Each is a flush of the disk, also when nothing happens. */
    private static final long STORE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Duration LONGEST_STORE = Duration.ofSeconds(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    /** An automation is not split: enterprises go beside each other within it. */
    private static final int SEGMENT = Segment.ROOT_SEGMENT.getSegmentId();

    private final List<AutomationRun> runs;
    private final RecentEvents recent;
    private final R2dbcTokenStore tokens;
    private final ParkedElsewhere parked;
    private final AppendGate gate;

    Automations(
            List<AutomationRunner> runners,
            RecentEvents recent,
            R2dbcTokenStore tokens,
            ParkedRows parked,
            AppendGate gate,
            MeterRegistry meters) {
        super(Phases.AUTOMATIONS, LONGEST_STOP);
        this.runs = runners.stream()
                .map(runner -> new AutomationRun(runner, recent))
                .toList();
        this.recent = recent;
        this.tokens = tokens;
        this.parked = new ParkedElsewhere(parked::of, System::nanoTime);
        this.gate = gate;
        runs.forEach(run -> AutomationMeters.measure(run, meters));
    }

    @Override
    protected Disposable begin() {
        // What they want of a store that takes nothing would be tried a few times and given up.
        return gate.whenOpen()
                .then(recent.started())
                .thenMany(Flux.interval(Duration.ZERO, TICK)
                        .onBackpressureDrop()
                        .concatMap(tick -> keep().then(claim()), 1))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.warn("Claims of automations: {}", String.valueOf(retry.failure()))))
                .subscribe();
    }

    @Override
    protected Mono<?> end(Disposable work) {
        return Flux.defer(() -> {
                    work.dispose();
                    List<AutomationRun> mine =
                            runs.stream().filter(AutomationRun::isHere).toList();
                    runs.forEach(AutomationRun::end);
                    return Flux.fromIterable(mine);
                })
                .concatMap(run -> release(run.name(), run.position()))
                .then();
    }

    /** Those that run on this instance. */
    List<String> here() {
        return runs.stream()
                .filter(AutomationRun::isHere)
                .map(AutomationRun::name)
                .toList();
    }

    /** How each stands, also those that run elsewhere. */
    List<AutomationReport> reports() {
        return runs.stream().map(AutomationRun::report).toList();
    }

    private Mono<Void> keep() {
        long now = System.nanoTime();
        List<AutomationRun> mine =
                runs.stream().filter(run -> run.isToBeStored(now, STORE_NANOS)).toList();
        if (mine.isEmpty()) {
            return Mono.empty();
        }
        return tokens.storeAll(mine.stream().collect(Collectors.toMap(AutomationRun::name, AutomationRun::position)))
                .timeout(LONGEST_STORE)
                .collect(Collectors.toSet())
                .doOnNext(kept -> mine.stream()
                        .filter(run -> !kept.contains(run.name()) && run.isHere())
                        .forEach(run -> {
                            LOG.warn("{} runs on another instance now", run.name());
                            run.end();
                        }))
                .then();
    }

    private Mono<Void> store(String name, long position) {
        return Mono.fromFuture(() -> tokens.storeToken(new GlobalSequenceTrackingToken(position), name, SEGMENT, null))
                .timeout(LONGEST_STORE);
    }

    private Mono<Void> release(String name, long position) {
        return store(name, position).then(Mono.fromFuture(() -> tokens.releaseClaim(name, SEGMENT, null)));
    }

    /** Claims half of what is free, so that instances that start together share. */
    private Mono<Void> claim() {
        List<AutomationRun> others =
                new ArrayList<>(runs.stream().filter(run -> !run.isHere()).toList());
        if (others.isEmpty()) {
            return Mono.empty();
        }
        Collections.shuffle(others);
        List<String> names = others.stream().map(AutomationRun::name).toList();
        return Mono.zip(tokens.shares(names).collectMap(Share::processor), parked.of(names))
                .flatMapMany(known ->
                        Flux.fromIterable(others).filterWhen(run -> isFree(run, known.getT1(), known.getT2()), 1))
                .collectList()
                .flatMapIterable(free -> free.subList(0, (free.size() + 1) / 2))
                .concatMap(this::claim)
                .then();
    }

    private Mono<Boolean> isFree(AutomationRun run, Map<String, Share> shares, Map<String, Collection<Parked>> all) {
        Share share = shares.get(run.name());
        if (share == null) {
            return added(run);
        }
        run.stored(share.position(), all.getOrDefault(run.name(), List.of()));
        return Mono.just(share.free() && !run.isResting());
    }

    /** A new automation begins with the first event; one that another instance runs is none of ours. */
    private Mono<Boolean> added(AutomationRun run) {
        return Mono.fromFuture(
                        () -> tokens.initializeTokenSegments(run.name(), 1, new GlobalSequenceTrackingToken(0), null))
                .thenReturn(true)
                .onErrorResume(UnableToClaimTokenException.class, known -> Mono.just(false));
    }

    private Mono<Void> claim(AutomationRun run) {
        return Mono.fromFuture(() -> tokens.fetchToken(run.name(), SEGMENT, null))
                .doOnNext(token -> run.begin(token.position().orElse(0), position -> release(run.name(), position)))
                .onErrorResume(UnableToClaimTokenException.class, taken -> Mono.empty())
                .then();
    }
}
