package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import java.util.List;

/**
 * An event-sourced entity: pure functions and the events that they read. It knows no store, no clock and no framework; whoever
 * replays the same events gets the same state.
 *
 * @param <S> the state; immutable, a sealed type where it has phases
 * @param <C> the sealed interface of its commands
 */
public interface Decider<S, C extends Command> {

    /** The entity's name, such as {@code warning}; with {@link #key} it names a state in the cache. */
    String name();

    /** The sealed interface whose permitted records are the commands decided here. */
    Class<C> commands();

    /** Which one of these entities a command is for, such as a warning's id. */
    String key(C command);

    /** From which events the state is made, and how: also the boundary within which no conflicting append goes unseen. */
    Sourcing<S> sourcing();

    default Selection selection(String key) {
        return sourcing().selection(key);
    }

    default S initial(String key) {
        return sourcing().initial();
    }

    default S evolve(S state, DomainEvent event) {
        return sourcing().evolve(state, event);
    }

    /** Decides on a command without changing anything. A no-op is {@link Decision#nothing()}. */
    Decision decide(S state, C command);

    /**
     * The figures that {@link #sourcing} goes by beside state and event, such as those of a model: a record of JSON values without
     * sets. A state that was made by others is not used again.
     */
    default Object evolvesBy() {
        return List.of();
    }
}
