package io.forgewatch.command.decision;

import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which stored events somebody looks for: those that meet all of it.
 *
 * @param within only what belongs to an enterprise that this covers; the nation stands for everything, also for what belongs to
 *     no enterprise
 * @param subject null for any
 * @param actor in its wire form, null for any
 * @param types stored names; empty for any
 * @param from the first moment, by when events were recorded; null for the beginning
 * @param to the first moment no longer wanted; null for all up to the newest
 */
public record Sought(
        Jurisdiction within,
        @Nullable Subject subject,
        @Nullable String actor,
        Set<String> types,
        @Nullable Instant from,
        @Nullable Instant to) {

    public Sought {
        types = Set.copyOf(types);
    }

    /** The same, without an end. */
    public Sought untilNow() {
        return new Sought(within, subject, actor, types, from, null);
    }

    /** Whether an event is one of them: the judge, whatever way a store takes to find them. */
    public boolean matches(RecordedEvent recorded) {
        return isWithin(recorded.event().enterpriseId())
                && (subject == null || recorded.event().subject().equals(subject))
                && (actor == null || recorded.actor().wire().equals(actor))
                && (types.isEmpty()
                        || types.contains(EventTypes.of(recorded.event()).name()))
                && (from == null || !recorded.at().isBefore(from))
                && (to == null || recorded.at().isBefore(to));
    }

    private boolean isWithin(@Nullable String enterpriseId) {
        return enterpriseId == null
                ? within instanceof Jurisdiction.Nation
                : within.covers(new EnterpriseId(enterpriseId));
    }
}
