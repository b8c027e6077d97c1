package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which events an entity is made of: any that one of the criteria matches. */
public record Selection(List<Criterion> criteria) {

    /**
     * Events that bear all the tags and are of one of the types.
     *
     * @param types empty for events of any type
     */
    public record Criterion(Set<Tag> tags, Set<Class<? extends DomainEvent>> types) {}

    public static Selection tagged(Tag tag) {
        return new Selection(List.of(new Criterion(Set.of(tag), Set.of())));
    }

    /** Events with the tag that belong to one of the capabilities' sealed interfaces, or are of one of the records named. */
    @SafeVarargs
    public static Selection tagged(Tag tag, Class<? extends DomainEvent>... types) {
        Set<Class<? extends DomainEvent>> records =
                Arrays.stream(types).flatMap(Selection::records).collect(Collectors.toUnmodifiableSet());
        return new Selection(List.of(new Criterion(Set.of(tag), records)));
    }

    public Selection or(Selection other) {
        return new Selection(
                Stream.concat(criteria.stream(), other.criteria.stream()).toList());
    }

    /** Whether an event is one of those. */
    public boolean selects(DomainEvent event) {
        Set<Tag> tags = event.tags();
        return criteria.stream()
                .anyMatch(criterion -> tags.containsAll(criterion.tags())
                        && (criterion.types().isEmpty() || criterion.types().contains(event.getClass())));
    }

    /** A record by itself, or the records of a sealed interface. */
    static Stream<Class<? extends DomainEvent>> records(Class<? extends DomainEvent> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).map(permitted -> permitted.asSubclass(DomainEvent.class))
                : Stream.of(type);
    }
}
