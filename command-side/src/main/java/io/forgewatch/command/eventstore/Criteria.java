package io.forgewatch.command.eventstore;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.Tag;

/** Axon's criteria in the form in which SQL takes them. */
record Criteria(String tag, String more, String types) {

    private static final String SEPARATOR = "\u001f";

    /** No event has this name: what matches it, and without a tag, matches all. */
    private static final QualifiedName NOBODYS = new QualifiedName("forgewatch.NameOfNoEvent");

    /** Any one of them matches the event. */
    static List<Criteria> of(EventCriteria criteria) {
        Set<EventCriterion> criterions = criteria.flatten();
        return criterions.isEmpty() || matchEverything(criteria)
                ? List.of(new Criteria("", "", ""))
                : criterions.stream().map(Criteria::of).toList();
    }

    /** Asked of the criteria themselves: flattened, Axon leaves out "any event" where it stands beside others. */
    static boolean matchEverything(EventCriteria criteria) {
        return criteria.matches(NOBODYS, Set.of());
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
        Tag[] tags = new Tag[texts.length];
        for (int i = 0; i < texts.length; i++) {
            int split = texts[i].indexOf('=');
            tags[i] = new Tag(texts[i].substring(0, split), texts[i].substring(split + 1));
        }
        return Set.copyOf(Arrays.asList(tags));
    }

    /** Types as an array for {@code = any ($n)}. */
    String[] typeArray() {
        return types.isEmpty() ? new String[0] : types.split(SEPARATOR);
    }

    String[] moreArray() {
        return more.isEmpty() ? new String[0] : more.split(SEPARATOR);
    }
}
