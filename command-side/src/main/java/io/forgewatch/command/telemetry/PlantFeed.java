package io.forgewatch.command.telemetry;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.SubjectType;
import io.forgewatch.standing.PassedOver;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the {@link PlantDirectory} as the events say; says when it has caught up. Rebuilt by selection: read are the events of the
 * types that make a plant, up to the store's end at that moment, and nothing else that happened since; from there on the feed is
 * followed.
 */
public final class PlantFeed implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(PlantFeed.class);
    private static final Set<Class<? extends DomainEvent>> WANTED = Stream.concat(
                    PlantDirectory.WHOLE.stream(), PlantDirectory.NEWEST.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final EventFeed feed;
    private final SelectedEvents selected;
    private final PlantDirectory directory;
    private final AtomicLong position = new AtomicLong();
    private final Sinks.Empty<Void> caughtUp = Sinks.empty();
    private final StandingStream standing;
    private final PassedOver passedOver;
    private volatile boolean ready;

    public PlantFeed(EventFeed feed, SelectedEvents selected, PlantDirectory directory, StandingStreams streams) {
        this.feed = feed;
        this.selected = selected;
        this.directory = directory;
        this.standing = streams.of("plant", this::stand);
        this.passedOver = streams.passedOver("plant");
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
    public StandingStream standing() {
        return standing;
    }

    private Flux<RecordedEvent> stand() {
        Mono<Void> selection = ready ? Mono.empty() : select();
        return selection
                .thenMany(Flux.defer(() -> feed.after(position.get(), WANTED)))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(this::take);
    }

    /** What is taken twice, after a selection that failed in the middle, changes nothing: the order is the same. */
    private Mono<Void> select() {
        return feed.head()
                .flatMap(head -> Flux.concat(
                                selected.ofTypes(head, PlantDirectory.WHOLE),
                                selected.newest(head, SubjectType.GATEWAY.wire(), PlantDirectory.NEWEST))
                        // The first device reads the catalogue: not on an event loop.
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(this::enter)
                        .count()
                        .doOnNext(events -> becomeReady(head, events))
                        .then());
    }

    private void take(RecordedEvent recorded) {
        enter(recorded);
        position.set(recorded.position());
    }

    private void enter(RecordedEvent recorded) {
        passedOver.attempt(recorded, each -> directory.take(each.event()));
    }

    private void becomeReady(long head, long events) {
        position.set(head);
        ready = true;
        LOG.info("The plant directory has caught up at position {}, with {} events", head, events);
        caughtUp.tryEmitEmpty();
    }
}
