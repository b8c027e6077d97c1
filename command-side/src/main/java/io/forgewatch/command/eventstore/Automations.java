package io.forgewatch.command.eventstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Shares the automations among the instances: each is run by the one that has claimed its token. A claim is extended and the
 * position stored every second, and given back at the stop; the claims of an instance that died run out and are taken over.
 * After a crash a few events are handled again, which changes nothing.
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

    private final List<AutomationRunner> runners;
    private final RecentEvents recent;
    private final TokenStore tokens;
    private final AppendGate gate;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    Automations(List<AutomationRunner> runners, RecentEvents recent, TokenStore tokens, AppendGate gate) {
        super(Phases.AUTOMATIONS, LONGEST_STOP);
        this.runners = runners;
        this.recent = recent;
        this.tokens = tokens;
        this.gate = gate;
    }

    /** One that runs here. */
    private static final class Running {

        private final Disposable.Swap work = reactor.core.Disposables.swap();
        private volatile long position;
        private volatile long storedAt = System.nanoTime();

        Running(long position) {
            this.position = position;
        }
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
        return Mono.fromRunnable(() -> {
                    work.dispose();
                    running.values().forEach(one -> one.work.dispose());
                })
                .thenMany(Flux.defer(() -> Flux.fromIterable(running.entrySet())))
                .concatMap(one -> store(one.getKey(), one.getValue().position)
                        .then(Mono.fromFuture(() -> tokens.releaseClaim(one.getKey(), SEGMENT, null))))
                .doFinally(signal -> running.clear())
                .then();
    }

    /** Those that run on this instance. */
    List<String> here() {
        return List.copyOf(running.keySet());
    }

    private Mono<Void> keep() {
        long now = System.nanoTime();
        return Flux.fromIterable(List.copyOf(running.entrySet()))
                .filter(one -> now - one.getValue().storedAt >= STORE_NANOS)
                .doOnNext(one -> one.getValue().storedAt = now)
                .concatMap(one -> store(one.getKey(), one.getValue().position)
                        .onErrorResume(UnableToClaimTokenException.class, lost -> {
                            LOG.warn("{} runs on another instance now", one.getKey());
                            one.getValue().work.dispose();
                            running.remove(one.getKey());
                            return Mono.empty();
                        }))
                .then();
    }

    private Mono<Void> store(String name, long position) {
        return Mono.fromFuture(() -> tokens.storeToken(new GlobalSequenceTrackingToken(position), name, SEGMENT, null))
                .timeout(LONGEST_STORE);
    }

    /** Claims half of what is free, so that instances that start together share. */
    private Mono<Void> claim() {
        List<AutomationRunner> others = new ArrayList<>(runners.stream()
                .filter(runner -> !running.containsKey(runner.name()))
                .toList());
        Collections.shuffle(others);
        return Flux.fromIterable(others)
                .concatMap(runner -> Mono.fromFuture(() -> tokens.fetchAvailableSegments(runner.name(), null))
                        .flatMap(segments -> segments.isEmpty() ? added(runner) : Mono.just(runner)))
                .collectList()
                .flatMapIterable(free -> free.subList(0, (free.size() + 1) / 2))
                .concatMap(this::claim)
                .then();
    }

    /** A new automation begins with the first event; one that another instance runs is none of ours. */
    private Mono<AutomationRunner> added(AutomationRunner runner) {
        return Mono.fromFuture(() ->
                        tokens.initializeTokenSegments(runner.name(), 1, new GlobalSequenceTrackingToken(0), null))
                .thenReturn(runner)
                .onErrorResume(UnableToClaimTokenException.class, known -> Mono.empty());
    }

    private Mono<Void> claim(AutomationRunner runner) {
        return Mono.fromFuture(() -> tokens.fetchToken(runner.name(), SEGMENT, null))
                .doOnNext(token -> run(runner, token))
                .onErrorResume(UnableToClaimTokenException.class, taken -> Mono.empty())
                .then();
    }

    private void run(AutomationRunner runner, TrackingToken token) {
        Running here = new Running(token.position().orElse(0));
        running.put(runner.name(), here);
        LOG.info("{} runs here, after position {}", runner.name(), here.position);
        here.work.update(Flux.defer(() -> runner.run(recent.follow(here.position), here.position))
                .doOnNext(position -> here.position = position)
                // One that stumbles does not stop the others.
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(30))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.error("{} stumbled and goes on", runner.name(), retry.failure())))
                .subscribe());
    }
}
