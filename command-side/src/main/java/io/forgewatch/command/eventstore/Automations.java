package io.forgewatch.command.eventstore;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Runs all automations on one instance at a time. Their tokens are written twice a second, and once more at the stop: after a
 * crash a few events are handled again, which changes nothing.
 */
final class Automations implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Automations.class);
    private static final Duration SAVE_EVERY = Duration.ofMillis(500);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final List<AutomationRunner> runners;
    private final RecentEvents recent;
    private final AutomationTokens tokens;
    private final Leadership leadership;
    private final ConcurrentMap<String, Long> done = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> saved = new ConcurrentHashMap<>();

    @Nullable
    private volatile Disposable running;

    Automations(List<AutomationRunner> runners, RecentEvents recent, AutomationTokens tokens, Leadership leadership) {
        this.runners = runners;
        this.recent = recent;
        this.tokens = tokens;
        this.leadership = leadership;
    }

    @Override
    public void start() {
        running = leadership.whileLeading("automations", Flux.defer(this::run)).subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable stopped) {
        Disposable current = running;
        running = null;
        if (current == null) {
            stopped.run();
            return;
        }
        current.dispose();
        save().timeout(LONGEST_STOP)
                .onErrorComplete()
                .doFinally(signal -> stopped.run())
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Phases.AUTOMATIONS;
    }

    private Flux<?> run() {
        return tokens.load().flatMapMany(known -> {
            // Another instance may have led in between.
            done.clear();
            saved.clear();
            done.putAll(known);
            saved.putAll(known);
            return Flux.merge(
                    Flux.fromIterable(runners).flatMap(this::run, Math.max(1, runners.size())),
                    Flux.interval(SAVE_EVERY).onBackpressureDrop().concatMap(tick -> save(), 1));
        });
    }

    private Flux<Long> run(AutomationRunner runner) {
        return Flux.defer(() -> runner.run(recent.followInBatches(done.getOrDefault(runner.name(), 0L))))
                .doOnNext(position -> done.put(runner.name(), position))
                // One that stumbles does not stop the others.
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(30))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.error("{} stumbled and goes on", runner.name(), retry.failure())));
    }

    private Mono<Void> save() {
        return Mono.defer(() -> {
            Map<String, Long> changed = new HashMap<>(done);
            changed.entrySet().removeIf(entry -> entry.getValue().equals(saved.get(entry.getKey())));
            return tokens.save(changed).doOnSuccess(unused -> saved.putAll(changed));
        });
    }
}
