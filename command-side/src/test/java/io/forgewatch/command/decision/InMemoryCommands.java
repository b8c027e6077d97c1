package io.forgewatch.command.decision;

import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * For tests: really runs the deciders, on a list of events in memory. Answers as the event store's own {@link Commands} does:
 * positions from 1, a known idempotency key with the same command gets the same answer, another command is refused.
 */
public final class InMemoryCommands implements Commands, EventFeed, EventArchive, SelectedEvents, UnendedEvents {

    private static final Comparator<RecordedEvent> OLDEST_FIRST = Comparator.comparing(RecordedEvent::position);

    private final Clock clock;
    private final Map<Class<?>, Decider<?, ?>> deciders = new HashMap<>();
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<String, Answered> answered = new HashMap<>();
    private final Sinks.Many<RecordedEvent> feed = Sinks.many().replay().all();

    private record Answered(Command command, Answer answer) {}

    public InMemoryCommands(Clock clock, List<? extends Decider<?, ?>> deciders) {
        this.clock = clock;
        deciders.forEach(
                decider -> records(decider.commands()).forEach(command -> this.deciders.put(command, decider)));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(InMemoryCommands::records)
                : Stream.of(type);
    }

    @Override
    public Mono<Answer> send(Command command, Actor actor, @Nullable String idempotencyKey, @Nullable String cause) {
        return Mono.fromSupplier(() -> decided(command, actor, idempotencyKey));
    }

    /** Puts events there that nobody decided on: the story so far. */
    public synchronized void given(DomainEvent... past) {
        append(List.of(past), Actor.system("test"));
    }

    /** Begins anew with nothing, for the next test; the feed of {@link #after} still tells what was. */
    public synchronized void forget() {
        events.clear();
        answered.clear();
    }

    public synchronized List<DomainEvent> events() {
        return events.stream().map(RecordedEvent::event).toList();
    }

    public synchronized List<RecordedEvent> recorded() {
        return List.copyOf(events);
    }

    @Override
    public Flux<RecordedEvent> after(long position) {
        return feed.asFlux().filter(event -> event.position() > position);
    }

    @Override
    public Flux<RecordedEvent> of(Subject subject, long after, int limit) {
        return Flux.defer(() -> Flux.fromIterable(recorded()))
                .filter(event -> event.event().subject().equals(subject) && event.position() > after)
                .take(limit);
    }

    @Override
    public Mono<Long> head() {
        return Mono.fromSupplier(() -> (long) recorded().size());
    }

    @Override
    public Mono<Span> span(Sought sought) {
        return head().map(head -> new Span(0, head));
    }

    @Override
    public Mono<Look> look(Sought sought, Span span, Order order, int most) {
        return Mono.fromSupplier(() -> {
            List<Traced> found = recorded().stream()
                    .filter(event -> event.position() > span.after() && event.position() <= span.upTo())
                    .filter(sought::matches)
                    .sorted(order == Order.OLDEST_FIRST ? OLDEST_FIRST : OLDEST_FIRST.reversed())
                    .limit(most)
                    .map(event -> new Traced(event, null))
                    .toList();
            return new Look(
                    found,
                    found.size() < most
                            ? new Span(0, 0)
                            : span.beyond(found.getLast().position(), order));
        });
    }

    @Override
    public Flux<Traced> selected(Selection selection, long after) {
        return traced().filter(each -> each.recorded().position() > after)
                .filter(each -> selection.selects(each.recorded().event()));
    }

    @Override
    public Flux<Traced> about(Subject subject, long after, int most) {
        return of(subject, after, most).map(event -> new Traced(event, null));
    }

    @Override
    public Flux<Traced> known(Set<UUID> ids) {
        return traced().filter(each -> ids.contains(each.recorded().id()));
    }

    @Override
    public Flux<RecordedEvent> upTo(long position, String tag, Set<Class<? extends DomainEvent>> endings) {
        return Flux.defer(() -> {
            Map<String, List<RecordedEvent>> unended = new TreeMap<>();
            for (RecordedEvent event : recorded()) {
                if (event.position() <= position) {
                    event.event().tags().stream()
                            .filter(one -> one.key().equals(tag))
                            .forEach(one -> unended.computeIfAbsent(one.value(), value -> new ArrayList<>())
                                    .add(event));
                }
            }
            unended.values().forEach(events -> {
                for (int last = events.size() - 1; last >= 0; last--) {
                    if (endings.contains(events.get(last).event().getClass())) {
                        events.subList(0, last + 1).clear();
                        break;
                    }
                }
            });
            return Flux.fromIterable(unended.values()).concatMapIterable(events -> events);
        });
    }

    @Override
    public Flux<RecordedEvent> ofTypes(long position, Set<Class<? extends DomainEvent>> types) {
        return Flux.defer(() -> Flux.fromIterable(recorded()))
                .filter(event -> event.position() <= position
                        && types.stream().anyMatch(type -> type.isInstance(event.event())));
    }

    @Override
    public Flux<RecordedEvent> newest(long position, String tag, Set<Class<? extends DomainEvent>> types) {
        return ofTypes(position, types)
                .collectMultimap(event -> event.event().tags().stream()
                        .filter(one -> one.key().equals(tag))
                        .findFirst()
                        .map(one -> one.value() + " " + event.event().getClass().getName())
                        .orElse(""))
                .flatMapIterable(found -> found.entrySet().stream()
                        .filter(one -> !one.getKey().isEmpty())
                        .map(one -> List.copyOf(one.getValue()).getLast())
                        .sorted(OLDEST_FIRST)
                        .toList());
    }

    private Flux<Traced> traced() {
        return Flux.defer(() -> Flux.fromIterable(recorded())).map(event -> new Traced(event, null));
    }

    private synchronized Answer decided(Command command, Actor actor, @Nullable String key) {
        if (key != null && answered.containsKey(key)) {
            Answered before = answered.get(key);
            if (asked(before.command()).equals(asked(command))) {
                return before.answer();
            }
            throw new RefusedException(new Refusal(
                    Refusal.Kind.INVALID,
                    "idempotency-conflict",
                    "幂等键已用于其他请求",
                    "The key was used for another request"));
        }
        Decision decision = decide(decider(command), command);
        return switch (decision) {
            case Decision.Refused(Refusal refusal) -> throw new RefusedException(refusal);
            case Decision.Accepted(List<DomainEvent> decided, Map<String, Object> body) -> {
                append(decided, actor);
                Answer answer = new Answer(events.size(), body);
                if (key != null) {
                    answered.put(key, new Answered(command, answer));
                }
                yield answer;
            }
        };
    }

    /** What a request and its repeat share. */
    private static JsonNode asked(Command command) {
        ObjectNode json = EventJson.MAPPER.createObjectNode();
        json.put("command", command.getClass().getName());
        json.set("fields", EventJson.MAPPER.valueToTree(command));
        if (json.get("fields") instanceof ObjectNode fields) {
            fields.remove(command.incidental());
        }
        return json;
    }

    private Decider<?, ?> decider(Command command) {
        Decider<?, ?> decider = deciders.get(command.getClass());
        if (decider == null) {
            throw new IllegalStateException(
                    "No decider is given for " + command.getClass().getName());
        }
        return decider;
    }

    private <S, C extends Command> Decision decide(Decider<S, C> decider, Command command) {
        C own = decider.commands().cast(command);
        String key = decider.key(own);
        Selection selection = decider.selection(key);
        S state = decider.initial(key);
        for (RecordedEvent recorded : events) {
            if (selection.selects(recorded.event())) {
                state = decider.evolve(state, recorded.event());
            }
        }
        return decider.decide(state, own);
    }

    private void append(List<DomainEvent> decided, Actor actor) {
        for (DomainEvent event : decided) {
            long position = events.size() + 1L;
            // No random id: that would read a file, and this runs on the event loop.
            RecordedEvent recorded = new RecordedEvent(position, new UUID(0, position), clock.instant(), actor, event);
            events.add(recorded);
            feed.tryEmitNext(recorded).orThrow();
        }
    }
}
