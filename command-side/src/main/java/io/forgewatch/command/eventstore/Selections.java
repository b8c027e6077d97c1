package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Selection;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventType;
import io.forgewatch.event.EventTypes;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.EventTypeRestrictableEventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;

/** The house's words for which events, and Axon's. */
final class Selections {

    private Selections() {}

    static EventCriteria criteria(Selection selection) {
        return selection.criteria().size() == 1
                ? criteria(selection.criteria().getFirst())
                : EventCriteria.either(
                        selection.criteria().stream().map(Selections::criteria).toList());
    }

    private static EventCriteria criteria(Selection.Criterion criterion) {
        EventTypeRestrictableEventCriteria tagged = EventCriteria.havingTags(tags(criterion.tags()));
        return criterion.types().isEmpty()
                ? tagged
                : tagged.andBeingOneOfTypes(criterion.types().stream()
                        .map(EventTypes::of)
                        .map(EventType::name)
                        .map(QualifiedName::new)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    static Set<Tag> tags(DomainEvent event) {
        return tags(event.tags());
    }

    static Tag tag(io.forgewatch.event.Tag tag) {
        return new Tag(tag.key(), tag.value());
    }

    private static Set<Tag> tags(Set<io.forgewatch.event.Tag> tags) {
        return tags.stream().map(Selections::tag).collect(Collectors.toUnmodifiableSet());
    }
}
