package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.eventstore.EntityCache.Known;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads the states that the consequences of an event are decided on while the event is on its way to the disk, so that the first
 * alarm of a works in weeks reaches people as soon as its tenth. What it reads is kept as any other state: it may be stale by the time
 * it is wanted, which is made up for from the newest events, or found out by the append. Where the rules run on another instance it
 * was read in vain.
 */
final class ReadAhead {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

    /** Fewer than there are connections of what goes on by itself, so that what is decided now finds one. */
    private static final int AT_ONCE = 3;

    /** Whoever wants the state by then reads it himself. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private static final UUID NO_ID = new UUID(0, 0);
    private static final Actor NOBODY = Actor.system("read-ahead");
    private static final CompletableFuture<Void> NOT_READ = CompletableFuture.completedFuture(null);

    private final List<Rule> rules;
    private final DeciderNames names;
    private final EventRows rows;
    private final Snapshots snapshots;
    private final EntityCache cache;
    private final ConcurrentMap<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    private record Rule(Set<String> events, Automation automation) {}

    ReadAhead(
            List<Automation> automations, DeciderNames names, EventRows rows, Snapshots snapshots, EntityCache cache) {
        this.rules = automations.stream()
                .map(automation -> new Rule(EventTypes.names(automation.on()), automation))
                .toList();
        this.names = names;
        this.rows = rows;
        this.snapshots = snapshots;
        this.cache = cache;
    }

    /** These are about to be appended; where they will be, nobody knows yet. */
    void appending(List<DomainEvent> events, Instant now) {
        if (!rules.isEmpty()) {
            Schedulers.parallel()
                    .schedule(() ->
                            events.forEach(event -> consequences(new RecordedEvent(0, NO_ID, now, NOBODY, event))));
        }
    }

    /** Completes, never with a failure, when a state is read that is being read ahead now. */
    CompletableFuture<Void> underWay(String entity) {
        return underWay.getOrDefault(entity, NOT_READ);
    }

    private void consequences(RecordedEvent event) {
        String name = EventTypes.of(event.event()).name();
        for (Rule rule : rules) {
            if (rule.events().contains(name)) {
                consequences(rule.automation(), event);
            }
        }
    }

    private void consequences(Automation automation, RecordedEvent event) {
        try {
            automation.then(event).forEach(command -> read(names.of(command), command));
        } catch (RuntimeException broken) {
            // The automation comes by it in its turn, and says so.
            LOG.debug("{} makes nothing of {}", automation.name(), event.event(), broken);
        }
    }

    private <S> void read(Decider<S, Command> decider, Command command) {
        String key = decider.key(command);
        String entity = names.decision(command);
        if (cache.get(entity) != null || snapshots.has(entity) || underWay.size() >= AT_ONCE) {
            return;
        }
        CompletableFuture<Void> read = new CompletableFuture<>();
        if (underWay.putIfAbsent(entity, read) == null) {
            // By time, too: what ends a fold for good, such as too deep a stack, tells nobody.
            var _ = read.completeOnTimeout(null, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((done, none) -> underWay.remove(entity, read));
            Mono.defer(() -> state(decider, key))
                    .doOnNext(known -> cache.put(entity, known))
                    .doFinally(end -> read.complete(null))
                    .subscribe(known -> {}, failure -> LOG.debug("{} is not read ahead", entity, failure));
        }
    }

    private <S> Mono<Known> state(Decider<S, Command> decider, String key) {
        StateFold<S> fold = new StateFold<>(decider);
        return rows.matching(Selections.criteria(decider.selection(key)), 0)
                .reduce(
                        fold.initial(key),
                        (known, next) -> after(fold, known, next.event()).at(next.position()));
    }

    /** @param event null at the end */
    private static Known after(StateFold<?> fold, Known known, @Nullable StoredEvent event) {
        return event == null ? known : fold.after(known, event.recorded().event());
    }
}
