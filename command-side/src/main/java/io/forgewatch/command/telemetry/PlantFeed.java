package io.forgewatch.command.telemetry;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.SubjectType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * Keeps the {@link PlantDirectory} as the events say; says when it has caught up. Rebuilt by selection: read are the events of the
 * types that make a plant, up to the store's end at that moment, and nothing else that happened since; from there on the feed is
 * followed.
 */
public final class PlantFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PlantFeed.class);
    private static final Set<Class<? extends DomainEvent>> WANTED = Stream.concat(
                    PlantDirectory.WHOLE.stream(), PlantDirectory.NEWEST.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final EventFeed feed;
    private final SelectedEvents selected;
    private final PlantDirectory directory;
    private final AtomicLong position = new AtomicLong();
    private final Sinks.Empty<Void> caughtUp = Sinks.empty();
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean ready;
    private volatile boolean started;

    public PlantFeed(EventFeed feed, SelectedEvents selected, PlantDirectory directory) {
        this.feed = feed;
        this.selected = selected;
        this.directory = directory;
    }

    /** Completes when all that was stored at the start is in the directory. */
    public Mono<Void> caughtUp() {
        return caughtUp.asMono();
    }

    public boolean isCaughtUp() {
        return ready;
    }

    /** Up to which event the directory says how things stand. */
    long position() {
        return position.get();
    }

    @Override
    public void start() {
        started = true;
        Mono<Void> selection = Mono.defer(this::select).retryWhen(again("The plant can't be selected yet"));
        Flux<RecordedEvent> following = Flux.defer(() -> feed.after(position.get(), WANTED))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(this::take)
                .retryWhen(again("The event feed broke off, it is read on"));
        running.update(selection
                .thenMany(following)
                .subscribe(event -> {}, failure -> LOG.error("The plant directory is no longer kept", failure)));
    }

    /** What is taken twice, after a selection that failed in the middle, changes nothing: the order is the same. */
    private Mono<Void> select() {
        return feed.head()
                .flatMap(head -> Flux.concat(
                                selected.ofTypes(head, PlantDirectory.WHOLE),
                                selected.newest(head, SubjectType.GATEWAY.wire(), PlantDirectory.NEWEST))
                        // The first device reads the catalogue: not on an event loop.
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(recorded -> directory.take(recorded.event()))
                        .count()
                        .doOnNext(events -> becomeReady(head, events))
                        .then());
    }

    private void take(RecordedEvent recorded) {
        directory.take(recorded.event());
        position.set(recorded.position());
    }

    private void becomeReady(long head, long events) {
        position.set(head);
        ready = true;
        LOG.info("The plant directory has caught up at position {}, with {} events", head, events);
        caughtUp.tryEmitEmpty();
    }

    private static RetryBackoffSpec again(String what) {
        return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                .maxBackoff(Duration.ofSeconds(10))
                .jitter(0.5)
                .doBeforeRetry(retry -> LOG.warn("{}: {}", what, String.valueOf(retry.failure())));
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
