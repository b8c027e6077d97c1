package io.forgewatch.command.telemetry;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.event.RecordedEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/** Keeps the {@link PlantDirectory} as the events say, from the first one on; says when it has caught up. */
public final class PlantFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PlantFeed.class);

    private final EventFeed feed;
    private final PlantDirectory directory;
    private final AtomicLong position = new AtomicLong();
    private final Sinks.Empty<Void> caughtUp = Sinks.empty();
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean ready;
    private volatile boolean started;

    public PlantFeed(EventFeed feed, PlantDirectory directory) {
        this.feed = feed;
        this.directory = directory;
    }

    /** Completes when all that was stored at the start is in the directory. */
    public Mono<Void> caughtUp() {
        return caughtUp.asMono();
    }

    public boolean isCaughtUp() {
        return ready;
    }

    @Override
    public void start() {
        started = true;
        Flux<RecordedEvent> events = Flux.defer(() -> feed.after(position.get()))
                .doOnNext(this::take)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(10))
                        .doBeforeRetry(retry -> LOG.warn("The event feed broke off, it is read on", retry.failure())));
        running.update(Mono.defer(feed::head)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5)))
                .flatMapMany(head -> head == 0
                        ? events.doOnSubscribe(subscription -> becomeReady())
                        : events.doOnNext(event -> readyFrom(head, event)))
                .subscribe(event -> {}, failure -> LOG.error("The plant directory is no longer kept", failure)));
    }

    private void take(RecordedEvent recorded) {
        directory.take(recorded.event());
        position.set(recorded.position());
    }

    private void readyFrom(long head, RecordedEvent event) {
        if (!ready && event.position() >= head) {
            becomeReady();
        }
    }

    private void becomeReady() {
        ready = true;
        LOG.info("The plant directory has caught up at position {}", position.get());
        caughtUp.tryEmitEmpty();
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
