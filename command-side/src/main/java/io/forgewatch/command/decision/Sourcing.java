package io.forgewatch.command.decision;

import io.forgewatch.command.decision.Selection.Criterion;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From which events a state is made, and how: a line for each record of another capability, one for the whole sealed interface of
 * one's own, whose switch has no default. What is selected and what is evolved by cannot part, since they are the same lines.
 *
 * @param <S> the state
 */
public final class Sourcing<S> {

    private final S initial;
    private final List<Source<S, ?>> sources;
    private final Map<Class<? extends DomainEvent>, Source<S, ?>> byRecord;

    private record Source<S, E extends DomainEvent>(
            Class<E> events,
            Set<Class<? extends DomainEvent>> records,
            Function<String, Tag> tag,
            BiFunction<S, E, S> step) {

        S after(S state, DomainEvent event) {
            return step.apply(state, events.cast(event));
        }
    }

    private Sourcing(S initial, List<Source<S, ?>> sources) {
        this.initial = initial;
        this.sources = List.copyOf(sources);
        this.byRecord = new LinkedHashMap<>();
        for (Source<S, ?> source : sources) {
            for (Class<? extends DomainEvent> record : source.records()) {
                if (byRecord.put(record, source) != null) {
                    throw new IllegalStateException(record.getSimpleName() + " is named twice");
                }
            }
        }
    }

    public static <S> Sourcing<S> from(S initial) {
        return new Sourcing<>(initial, List.of());
    }

    /**
     * @param events a record, or a sealed interface for all of its records
     * @param tag by which the store finds them, from the entity's key
     * @throws IllegalStateException when some of them are named already
     */
    public <E extends DomainEvent> Sourcing<S> on(
            Class<E> events, Function<String, Tag> tag, BiFunction<S, E, S> step) {
        List<Source<S, ?>> more = new ArrayList<>(sources);
        more.add(new Source<>(
                events, Selection.records(events).collect(Collectors.toUnmodifiableSet()), tag, step));
        return new Sourcing<>(initial, more);
    }

    S initial() {
        return initial;
    }

    /** What the store is asked for, and what an append is checked against. */
    Selection selection(String key) {
        Map<Tag, Set<Class<? extends DomainEvent>>> records = new LinkedHashMap<>();
        for (Source<S, ?> source : sources) {
            records.computeIfAbsent(source.tag().apply(key), _ -> new LinkedHashSet<>())
                    .addAll(source.records());
        }
        return new Selection(records.entrySet().stream()
                .map(each -> new Criterion(Set.of(each.getKey()), Set.copyOf(each.getValue())))
                .toList());
    }

    /** Events that are none of these leave the state as it is. */
    S evolve(S state, DomainEvent event) {
        Source<S, ?> source = byRecord.get(event.getClass());
        return source == null ? state : source.after(state, event);
    }
}
