package io.forgewatch.event;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event that its reader does not read: one of a name that only newer code knows, or one of a type that the reader did not ask
 * for. It has its place in the order, and is passed over, or passed on as it is (ADR 30).
 *
 * @param name as stored
 * @param version as stored
 * @param tags as stored; empty where they did not come with it
 * @param payload its JSON as stored
 */
public record ForeignEvent(String name, int version, Set<Tag> tags, String payload) implements DomainEvent {

    private static final Subject UNKNOWN = new Subject(SubjectType.LOG, "unknown");
    private static final String WITHIN = Tag.within("").key();

    public ForeignEvent {
        tags = Set.copyOf(tags);
    }

    /** By its tags, as far as this code knows what they name. */
    @Override
    public Subject subject() {
        return tags.stream()
                .sorted(Comparator.comparing(Tag::key))
                .flatMap(tag -> SubjectType.fromWire(tag.key()).map(type -> new Subject(type, tag.value())).stream())
                .findFirst()
                .orElse(UNKNOWN);
    }

    @Override
    public @Nullable String enterpriseId() {
        Optional<String> enterprise = tags.stream()
                .filter(tag -> tag.key().equals(WITHIN))
                .map(Tag::value)
                .findFirst();
        return enterprise.orElse(null);
    }
}
