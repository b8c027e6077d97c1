package io.forgewatch.event;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every event there is, by class and by stored name: what {@link SubjectType} says can happen. */
public final class EventTypes {

    private static final Map<Class<? extends DomainEvent>, EventType> BY_CLASS = Arrays.stream(SubjectType.values())
            .flatMap(subject -> subject.events().stream())
            .distinct()
            .flatMap(capability -> Arrays.stream(capability.getPermittedSubclasses()))
            .map(EventTypes::declared)
            .collect(Collectors.toUnmodifiableMap(EventType::payload, Function.identity()));

    private static final Map<String, EventType> BY_NAME =
            BY_CLASS.values().stream().collect(Collectors.toUnmodifiableMap(EventType::name, Function.identity()));

    private EventTypes() {}

    public static EventType of(DomainEvent event) {
        return event instanceof ForeignEvent foreign
                ? new EventType(foreign.name(), foreign.version(), ForeignEvent.class)
                : of(event.getClass());
    }

    /** @throws IllegalArgumentException when the class is no event of any capability */
    public static EventType of(Class<? extends DomainEvent> payload) {
        EventType type = BY_CLASS.get(payload);
        if (type == null) {
            throw new IllegalArgumentException(payload.getName() + " is not an event of any capability");
        }
        return type;
    }

    /**
     * Today's type of an event that was stored under a name in that version or an earlier one.
     *
     * @throws UnknownEventException when no such event is known here; a reader that wants events of the name stops there and never
     *     skips
     */
    public static EventType named(String name, int version) {
        EventType type = BY_NAME.get(name);
        if (type == null || version < 1 || type.version() < version) {
            throw new UnknownEventException(name, version);
        }
        return type;
    }

    /** Whether an event of that name, in whatever version, can be one that a reader here wants. */
    public static boolean isKnown(String name) {
        return BY_NAME.containsKey(name);
    }

    /** The stored names of events: of records, or of all that capabilities' sealed interfaces have. */
    public static Set<String> names(Collection<? extends Class<? extends DomainEvent>> wanted) {
        return BY_CLASS.values().stream()
                .filter(type -> wanted.stream().anyMatch(one -> one.isAssignableFrom(type.payload())))
                .map(EventType::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    public static Iterable<EventType> all() {
        return BY_CLASS.values();
    }

    private static EventType declared(Class<?> payload) {
        EventName name = payload.getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalStateException(payload.getName() + " has no @EventName");
        }
        return new EventType(name.value(), name.version(), payload.asSubclass(DomainEvent.class));
    }
}
