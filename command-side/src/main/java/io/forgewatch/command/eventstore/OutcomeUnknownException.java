package io.forgewatch.command.eventstore;

import io.r2dbc.spi.R2dbcTransientResourceException;
import org.jspecify.annotations.Nullable;

/**
 * Nobody could find out in time whether it was done: the store went away in the middle. Whoever sends it again under the same
 * idempotency key gets what came of it, and does not do it twice.
 */
final class OutcomeUnknownException extends R2dbcTransientResourceException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(@Nullable Throwable cause) {
        super("The store did not say in time whether it was done", cause);
    }
}
