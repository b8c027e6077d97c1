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

    /** Which events the state is made of: also the boundary within which no conflicting append goes unseen. */
    Selection selection(String key);

    S initial(String key);

    /** Decides on a command without changing anything. A no-op is {@link Decision#nothing()}. */
    Decision decide(S state, C command);

    S evolve(S state, DomainEvent event);

    /**
     * The figures that {@link #evolve} goes by beside state and event, such as those of a model: a record of JSON values without
     * sets. A state that was made by others is not used again.
     */
    default Object evolvesBy() {
        return List.of();
    }
}
