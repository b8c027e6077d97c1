package io.forgewatch.command.eventstore;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.Tag;

/** Axon's criteria in the form in which SQL takes them. */
record Criteria(String tag, String more, String types) {

    private static final String SEPARATOR = "\u001f";

    /** Any one of them matches the event. */
    static List<Criteria> of(EventCriteria criteria) {
        Set<EventCriterion> criterions = criteria.flatten();
        return criterions.isEmpty()
                ? List.of(new Criteria("", "", ""))
                : criterions.stream().map(Criteria::of).toList();
    }

    private static Criteria of(EventCriterion criterion) {
        List<String> tags =
                criterion.tags().stream().map(Criteria::text).sorted().toList();
        return new Criteria(
                tags.isEmpty() ? "" : tags.getFirst(),
                tags.stream().skip(1).collect(Collectors.joining(SEPARATOR)),
                criterion.types().stream().map(QualifiedName::name).sorted().collect(Collectors.joining(SEPARATOR)));
    }

    static String text(Tag tag) {
        return tag.key() + "=" + tag.value();
    }

    static String text(Set<Tag> tags) {
        return tags.stream().map(Criteria::text).sorted().collect(Collectors.joining(SEPARATOR));
    }

    static Set<Tag> tags(String[] texts) {
        return Stream.of(texts)
                .map(text -> new Tag(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Types as an array for {@code = any ($n)}. */
    String[] typeArray() {
        return types.isEmpty() ? new String[0] : types.split(SEPARATOR);
    }

    String[] moreArray() {
        return more.isEmpty() ? new String[0] : more.split(SEPARATOR);
    }
}
