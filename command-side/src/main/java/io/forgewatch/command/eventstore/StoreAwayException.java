package io.forgewatch.command.eventstore;

import io.r2dbc.spi.R2dbcNonTransientResourceException;

/** No connection to the store could be had: it is away, or all are taken. Nothing of what was asked for has been done. */
final class StoreAwayException extends R2dbcNonTransientResourceException {

    private static final long serialVersionUID = 1L;

    StoreAwayException(Throwable cause) {
        super("PostgreSQL is away, or all connections are taken: " + cause.getMessage(), cause);
    }
}
