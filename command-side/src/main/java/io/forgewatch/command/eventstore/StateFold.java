package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.eventstore.EntityCache.Known;
import io.forgewatch.event.DomainEvent;
import java.util.Objects;

/** How the state of an entity comes of its events, one after another: the same whoever reads them, and ahead of whom. */
record StateFold<S>(Decider<S, ?> decider) {

    Known initial(String key) {
        return new Known(Objects.requireNonNull((Object) decider.initial(key)), 0, 0);
    }

    /** With one event more; how far it was looked for is said by {@link Known#at}. */
    Known after(Known known, DomainEvent event) {
        return new Known(
                Objects.requireNonNull((Object) decider.evolve(state(known), event)),
                known.position(),
                known.since() + 1);
    }

    @SuppressWarnings("unchecked") // it was made by this decider: the key of what is kept names it
    S state(Known known) {
        return (S) known.state();
    }
}
