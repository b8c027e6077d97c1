package io.forgewatch.command.personal;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.StandingWork;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.personal.PersonalEvent;
import io.forgewatch.event.personal.PersonalEvent.PersonalDataErased;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Carries erasures out: every instance does, so that each forgets what it remembers; to delete what is deleted changes nothing.
 * All that ever were are carried out again at the start, so that neither a crash nor a restored backup of the keys brings one
 * back. They are few.
 */
final class Erasures extends StandingWork {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Selection ALL = Selection.tagged(PersonalEvent.ERASURE, PersonalDataErased.class);

    private final EventFeed feed;
    private final EventArchive archive;
    private final PersonalKeys keys;

    Erasures(EventFeed feed, EventArchive archive, PersonalKeys keys) {
        super(Phases.RELAY, LONGEST_STOP);
        this.feed = feed;
        this.archive = archive;
        this.keys = keys;
    }

    @Override
    protected Disposable begin() {
        return feed.head()
                .flatMapMany(head -> Flux.concat(
                        archive.selected(ALL).map(Traced::recorded),
                        feed.after(head, Set.of(PersonalDataErased.class))))
                .map(RecordedEvent::event)
                .concatMap(this::carriedOut, 1)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(10))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.error("Erasures wait: {}", String.valueOf(retry.failure()))))
                .subscribe();
    }

    private Mono<Void> carriedOut(DomainEvent event) {
        return event instanceof PersonalDataErased erased ? keys.erase(erased.whose(), erased.upTo()) : Mono.empty();
    }
}
