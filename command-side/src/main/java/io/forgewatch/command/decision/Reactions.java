package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What follows from which events: a line for each record, so that what is waited for and what is done about it cannot part. */
public final class Reactions {

    /** Nothing follows from anything, yet. */
    public static final Reactions NONE = new Reactions(Map.of(), Map.of());

    private final Map<Class<? extends DomainEvent>, Function<DomainEvent, List<Command>>> commands;
    private final Map<Class<? extends DomainEvent>, Function<DomainEvent, List<DueDate>>> dates;

    private Reactions(
            Map<Class<? extends DomainEvent>, Function<DomainEvent, List<Command>>> commands,
            Map<Class<? extends DomainEvent>, Function<DomainEvent, List<DueDate>>> dates) {
        this.commands = Map.copyOf(commands);
        this.dates = Map.copyOf(dates);
    }

    /** What is sent at once when that happens; an event has one such line. */
    public <E extends DomainEvent> Reactions then(Class<E> event, Function<E, List<Command>> sent) {
        return new Reactions(with(commands, event, sent), dates);
    }

    /** What is entered for later when that happens; an event has one such line. */
    public <E extends DomainEvent> Reactions due(Class<E> event, Function<E, List<DueDate>> entered) {
        return new Reactions(commands, with(dates, event, entered));
    }

    Set<Class<? extends DomainEvent>> on() {
        Set<Class<? extends DomainEvent>> events = new HashSet<>(commands.keySet());
        events.addAll(dates.keySet());
        return events;
    }

    List<Command> then(DomainEvent event) {
        return commands.getOrDefault(event.getClass(), _ -> List.of()).apply(event);
    }

    List<DueDate> due(DomainEvent event) {
        return dates.getOrDefault(event.getClass(), _ -> List.of()).apply(event);
    }

    private static <E extends DomainEvent, W> Map<Class<? extends DomainEvent>, Function<DomainEvent, List<W>>> with(
            Map<Class<? extends DomainEvent>, Function<DomainEvent, List<W>>> known,
            Class<E> event,
            Function<E, List<W>> reaction) {
        if (!event.isRecord()) {
            throw new IllegalStateException(event.getSimpleName() + " is no record");
        }
        Map<Class<? extends DomainEvent>, Function<DomainEvent, List<W>>> more = new HashMap<>(known);
        if (more.put(event, happened -> reaction.apply(event.cast(happened))) != null) {
            throw new IllegalStateException(event.getSimpleName() + " is named twice");
        }
        return more;
    }
}
