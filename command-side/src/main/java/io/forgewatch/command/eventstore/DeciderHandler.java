package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.eventstore.Append.IdempotencyKey;
import io.forgewatch.command.eventstore.EntityCache.Known;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventType;
import io.forgewatch.event.EventTypes;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.commandhandling.CommandHandler;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles the commands of one decider: finds the state, decides, appends. A state is kept between commands, yet every command
 * still sources from where that state ends, so that the append condition carries criteria and position; the mark in the
 * context lets the engine answer that without a look. What the kept state had overlooked, the append finds.
 */
final class DeciderHandler<S, C extends Command> implements CommandHandler {

    /** In a command's metadata: the store must be asked, whatever is kept. */
    static final String FRESH = "fresh";

    static final String KEY = "idempotencyKey";
    static final String BODY_HASH = "bodyHash";
    static final String KEPT_SECONDS = "keptSeconds";

    private static final JsonMapper JSON = EventJson.MAPPER;
    private static final MessageType RESULT = new MessageType("io.forgewatch.command.Handling");

    /** So many events are looked through in memory for what a kept state has missed. */
    private static final int REACH = 512;

    private final Decider<S, C> decider;
    private final StateFold<S> fold;
    private final EventStore store;
    private final RecentEvents recent;
    private final EntityCache cache;
    private final Snapshots snapshots;
    private final ReadAhead ahead;
    private final Clock clock;

    DeciderHandler(
            Decider<S, C> decider,
            EventStore store,
            RecentEvents recent,
            EntityCache cache,
            Snapshots snapshots,
            ReadAhead ahead,
            Clock clock) {
        this.decider = decider;
        this.fold = new StateFold<>(decider);
        this.store = store;
        this.recent = recent;
        this.cache = cache;
        this.snapshots = snapshots;
        this.ahead = ahead;
        this.clock = clock;
    }

    @Override
    public MessageStream.Single<CommandResultMessage> handle(CommandMessage message, ProcessingContext context) {
        C command = decider.commands().cast(Objects.requireNonNull(message.payload()));
        // People have connections of their own, and wait for nobody else's.
        Work work = Work.of(message.metadata().getOrDefault(StoredEvent.ACTOR, ""));
        return MessageStream.fromFuture(
                work == Work.PEOPLE
                        ? handle(command, work, message, context)
                        : ahead.underWay(entity(decider.key(command)))
                                .thenCompose(read -> handle(command, work, message, context)));
    }

    private CompletableFuture<CommandResultMessage> handle(
            C command, Work work, CommandMessage message, ProcessingContext context) {
        String key = decider.key(command);
        EventStoreTransaction transaction = store.transaction(context);
        boolean fresh = message.metadata().containsKey(FRESH);
        EventCriteria criteria = Selections.criteria(decider.selection(key));
        Known kept = fresh ? null : kept(key, criteria);
        if (kept != null) {
            context.putResource(R2dbcEventStorageEngine.KNOWN_UP_TO, kept.position());
        }
        context.putResource(R2dbcEventStorageEngine.WORK, work);
        return base(key, kept, work)
                .thenCompose(base -> source(base, criteria, transaction))
                .thenApply(sourced -> new GenericCommandResultMessage(
                        RESULT,
                        decided(
                                new Situation(key, criteria, sourced, kept == null),
                                command,
                                message,
                                transaction,
                                context)));
    }

    /**
     * What a decision starts from.
     *
     * @param fresh whether the store was asked
     */
    private record Situation(String key, EventCriteria criteria, Known sourced, boolean fresh) {}

    private @Nullable Known kept(String key, EventCriteria criteria) {
        Known known = cache.get(entity(key));
        if (known == null) {
            return null;
        }
        RecentEvents.Since since = recent.since(known.position(), criteria, REACH);
        if (since == null) {
            return known;
        }
        Known now = known;
        for (StoredEvent event : since.events()) {
            now = fold.after(now, event.recorded().event());
        }
        return now.at(since.upTo());
    }

    /** The nearest state from which the rest is read: kept here, taken as a snapshot, or none. */
    private CompletableFuture<Known> base(String key, @Nullable Known kept, Work work) {
        Known base = kept == null ? cache.get(entity(key)) : kept;
        if (base != null) {
            return CompletableFuture.completedFuture(base);
        }
        Known initial = fold.initial(key);
        return snapshots.has(entity(key))
                ? snapshots
                        .load(decider, entity(key), work)
                        .toFuture()
                        .thenApply(loaded -> loaded == null ? initial : loaded)
                : CompletableFuture.completedFuture(initial);
    }

    private CompletableFuture<Known> source(Known base, EventCriteria criteria, EventStoreTransaction transaction) {
        return transaction
                .source(SourcingCondition.conditionFor(
                        new GlobalIndexConsistencyMarker(base.position()).position(), criteria))
                .reduce(base, (current, entry) -> fold.after(current, event(entry.message())));
    }

    private Handling decided(
            Situation situation,
            C command,
            CommandMessage message,
            EventStoreTransaction transaction,
            ProcessingContext context) {
        long known = GlobalIndexConsistencyMarker.position(transaction.appendPosition());
        if (situation.fresh()) {
            keep(situation, situation.sourced().at(known));
        }
        return switch (decider.decide(fold.state(situation.sourced()), command)) {
            case Decision.Refused(var refusal) -> new Handling.Refused(refusal, situation.fresh());
            case Decision.Accepted(var events, var answer)
            when events.isEmpty() -> new Handling.Nothing(answer, known, situation.fresh());
            case Decision.Accepted(var events, var answer) -> {
                Handling.Appending appending = new Handling.Appending(answer);
                append(events, answer, message, transaction, context);
                context.whenComplete(done -> {
                    long last = GlobalIndexConsistencyMarker.position(transaction.appendPosition());
                    appending.appendedAt(last);
                    keep(situation, evolved(situation, events).at(last));
                });
                yield appending;
            }
        };
    }

    private void append(
            List<DomainEvent> events,
            Map<String, Object> answer,
            CommandMessage message,
            EventStoreTransaction transaction,
            ProcessingContext context) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(StoredEvent.ACTOR, message.metadata().getOrDefault(StoredEvent.ACTOR, ""));
        String cause = message.metadata().get(StoredEvent.CAUSE);
        if (cause != null) {
            metadata.put(StoredEvent.CAUSE, cause);
        }
        for (DomainEvent event : events) {
            EventType type = EventTypes.of(event);
            transaction.appendEvent(new GenericEventMessage(
                    MessageIds.next().toString(),
                    new MessageType(type.name(), String.valueOf(type.version())),
                    event,
                    metadata,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        }
        ahead.appending(events, clock.instant());
        String key = message.metadata().get(KEY);
        if (key != null) {
            context.putResource(
                    R2dbcEventStorageEngine.IDEMPOTENCY_KEY,
                    new IdempotencyKey(
                            key,
                            message.metadata().getOrDefault(BODY_HASH, ""),
                            JSON.writeValueAsString(answer),
                            Long.parseLong(message.metadata().getOrDefault(KEPT_SECONDS, "0")),
                            0));
        }
    }

    /** Only what the entity is made of changes its state, as it will be when it is read back. */
    private Known evolved(Situation situation, List<DomainEvent> events) {
        Known known = situation.sourced();
        for (DomainEvent event : events) {
            if (situation
                    .criteria()
                    .matches(new QualifiedName(EventTypes.of(event).name()), Selections.tags(event))) {
                known = fold.after(known, event);
            }
        }
        return known;
    }

    private void keep(Situation situation, Known known) {
        String entity = entity(situation.key());
        boolean due = snapshots.due(known.since());
        if (due) {
            snapshots.take(decider, entity, known);
        }
        cache.put(entity, due ? known.kept() : known);
    }

    private String entity(String key) {
        return decider.name() + '/' + key;
    }

    private static DomainEvent event(EventMessage message) {
        return EventJson.payload(
                message.type().name(), Integer.parseInt(message.type().version()), (byte[])
                        Objects.requireNonNull(message.payload()));
    }
}
