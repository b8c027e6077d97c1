package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventTooLargeException;
import io.forgewatch.command.eventstore.Append.IdempotencyKey;
import io.forgewatch.command.eventstore.Append.Outcome;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.log.LogFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageStream.Entry;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Axon's event storage on PostgreSQL, without a blocking call. Positions start at 1 and have no gaps; a token and a marker name
 * the last position seen, so that reading begins after it.
 */
final class R2dbcEventStorageEngine implements EventStorageEngine {

    /** Put in the context by whoever knows an entity up to a position: sourcing from there is answered without a look. */
    static final ResourceKey<Long> KNOWN_UP_TO = ResourceKey.withLabel("knownUpTo");

    /** Put in the context by whoever wants a key kept in the transaction that appends the events. */
    static final ResourceKey<IdempotencyKey> IDEMPOTENCY_KEY = ResourceKey.withLabel("idempotencyKey");

    /** Put in the context by whoever knows for whom is read; what goes on by itself need not say so. */
    static final ResourceKey<Work> WORK = ResourceKey.withLabel("work");

    // Named here so that its class, which reads service files, is loaded by whoever makes the engine and not on an
    // event loop.
    private static final EventMessage END = TerminalEventMessage.INSTANCE;

    private final EventRows rows;
    private final EventRows ofPeople;
    private final RecentEvents recent;
    private final GroupCommit commits;

    R2dbcEventStorageEngine(EventRows rows, RecentEvents recent, GroupCommit commits) {
        this(rows, rows, recent, commits);
    }

    /** @param ofPeople reads on connections of people's commands */
    R2dbcEventStorageEngine(EventRows rows, EventRows ofPeople, RecentEvents recent, GroupCommit commits) {
        this.rows = rows;
        this.ofPeople = ofPeople;
        this.recent = recent;
        this.commits = commits;
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition, @Nullable ProcessingContext context, List<TaggedEventMessage<?>> events) {
        List<StoredEvent> unplaced =
                events.stream().map(R2dbcEventStorageEngine::unplaced).toList();
        try {
            // Here, where commands run beside each other, and not where one group after the other is written.
            unplaced.forEach(StoredEvent::logged);
        } catch (EventTooLargeException | LogFormatException unfit) {
            return CompletableFuture.failedFuture(unfit);
        }
        IdempotencyKey key = context == null ? null : context.getResource(IDEMPOTENCY_KEY);
        return CompletableFuture.completedFuture(new Transaction(condition, unplaced, key));
    }

    @Override
    public MessageStream<EventMessage> source(SourcingCondition condition, @Nullable ProcessingContext context) {
        long after = Math.max(0, GlobalIndexPosition.toIndex(condition.start()));
        Long known = context == null ? null : context.getResource(KNOWN_UP_TO);
        if (known != null && known == after) {
            return MessageStream.just(END, unused -> marked(after));
        }
        boolean people = context != null && context.getResource(WORK) == Work.PEOPLE;
        return new EntryStream(
                (people ? ofPeople : rows).matching(condition.criteria(), after).map(R2dbcEventStorageEngine::entry));
    }

    @Override
    public MessageStream<EventMessage> stream(StreamingCondition condition, @Nullable ProcessingContext context) {
        EventCriteria criteria = condition.criteria();
        return new EntryStream(recent.follow(condition.position().position().orElse(0))
                .filter(event -> event.matches(criteria))
                .map(R2dbcEventStorageEngine::entry));
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(0));
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return token(rows.head());
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return token(rows.before(at));
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("storage", "PostgreSQL");
        descriptor.describeProperty("head", recent.head());
    }

    private static CompletableFuture<TrackingToken> token(Mono<Long> position) {
        CompletableFuture<TrackingToken> token = new CompletableFuture<>();
        position.subscribe(last -> token.complete(new GlobalSequenceTrackingToken(last)), token::completeExceptionally);
        return token;
    }

    private static Context marked(long position) {
        return Context.with(ConsistencyMarker.RESOURCE_KEY, new GlobalIndexConsistencyMarker(position));
    }

    private static Entry<EventMessage> entry(EventRows.Sourced sourced) {
        StoredEvent event = sourced.event();
        return event == null ? new SimpleEntry<>(END, marked(sourced.position())) : entry(event);
    }

    private static Entry<EventMessage> entry(StoredEvent event) {
        return new SimpleEntry<>(
                event.message(),
                TrackingToken.addToContext(Context.empty(), new GlobalSequenceTrackingToken(event.position())));
    }

    private static StoredEvent unplaced(TaggedEventMessage<?> tagged) {
        EventMessage event = tagged.event();
        return new StoredEvent(
                0,
                UUID.fromString(event.identifier()),
                event.type().qualifiedName().name(),
                event.type().version(),
                // As precise as the table: what is read back must equal what went in.
                event.timestamp().truncatedTo(ChronoUnit.MICROS),
                event.metadata(),
                tagged.tags(),
                bytes(event.payload()));
    }

    private static byte[] bytes(@Nullable Object payload) {
        return switch (payload) {
            case DomainEvent event -> EventJson.payload(event);
            case byte[] raw -> raw;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case null, default -> throw new IllegalArgumentException("Not a payload of an event: " + payload);
        };
    }

    /** Nothing happens until the commit: then it is queued, checked and stored with the others that wait. */
    private final class Transaction implements AppendTransaction<Long> {

        private final AppendCondition condition;
        private final List<StoredEvent> events;

        @Nullable
        private final IdempotencyKey key;

        private final AtomicBoolean finished = new AtomicBoolean();

        Transaction(AppendCondition condition, List<StoredEvent> events, @Nullable IdempotencyKey key) {
            this.condition = condition;
            this.events = events;
            this.key = key;
        }

        @Override
        public CompletableFuture<Long> commit(@Nullable ProcessingContext context) {
            if (finished.getAndSet(true)) {
                return CompletableFuture.failedFuture(new IllegalStateException("Already committed or rolled back"));
            }
            ConsistencyMarker marker = condition.consistencyMarker();
            boolean unconditional = marker.equals(ConsistencyMarker.INFINITY);
            CompletableFuture<Outcome> done = new CompletableFuture<>();
            commits.submit(new Append(
                    events,
                    unconditional ? null : condition.criteria(),
                    unconditional ? 0 : Math.max(0, GlobalIndexConsistencyMarker.position(marker)),
                    key,
                    done));
            return done.thenCompose(outcome -> switch (outcome) {
                case Outcome.Appended(long last) -> CompletableFuture.completedFuture(last);
                case Outcome.Conflict() ->
                    CompletableFuture.failedFuture(
                            AppendEventsTransactionRejectedException.conflictingEventsDetected(marker));
                case Outcome.KeyKnown() -> CompletableFuture.failedFuture(new KeyKnownException());
            });
        }

        @Override
        public void rollback(@Nullable ProcessingContext context) {
            finished.set(true);
        }

        @Override
        public CompletableFuture<ConsistencyMarker> afterCommit(Long last, @Nullable ProcessingContext context) {
            return CompletableFuture.completedFuture(
                    events.isEmpty() ? ConsistencyMarker.ORIGIN : new GlobalIndexConsistencyMarker(last));
        }
    }
}
