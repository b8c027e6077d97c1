package io.forgewatch.command.decision;

import java.time.Instant;
import java.util.Set;

/**
 * A wish to change something. Each capability lists its own as records in one sealed interface; a record's compact constructor
 * refuses what can never be right.
 */
public interface Command {

    /** The moment for which it decides: time is a parameter of every decision. */
    Instant at();

    /**
     * The name by which commands of a record are stored.
     *
     * @throws IllegalStateException when it has no {@link CommandName}
     */
    static String name(Class<? extends Command> type) {
        CommandName name = type.getAnnotation(CommandName.class);
        if (name == null) {
            throw new IllegalStateException(type.getName() + " has no @CommandName");
        }
        return name.value();
    }

    /**
     * Names of the components that differ between a request and its repeat and so don't count when an idempotency key asks
     * whether two commands are the same: the moment, and secrets made up on the way.
     */
    default Set<String> incidental() {
        return Set.of("at");
    }
}
