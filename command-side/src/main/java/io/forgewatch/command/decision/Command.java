package io.forgewatch.command.decision;

import java.time.Instant;

/**
 * A wish to change something. Each capability lists its own as records in one sealed interface; a record's compact constructor
 * refuses what can never be right.
 */
public interface Command {

    /** The moment for which it decides: time is a parameter of every decision. */
    Instant at();
}
