package io.forgewatch.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, kept for ever. Each capability lists its own in one sealed interface; {@link EventTypes} knows
 * them all by their stored names, which never change.
 */
public interface DomainEvent {

    /** What it happened to; auditors ask for events by it. */
    Subject subject();

    /** The enterprise that it belongs to, or null for what belongs to none (an account of a ministry). */
    @Nullable
    String enterpriseId();

    /** What the event store can find it by: its subject, its enterprise, and what a capability adds. */
    default Set<Tag> tags() {
        String enterprise = enterpriseId();
        return enterprise == null ? Set.of(subject().tag()) : Set.of(subject().tag(), Tag.within(enterprise));
    }
}
