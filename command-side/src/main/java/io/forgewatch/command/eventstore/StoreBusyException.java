package io.forgewatch.command.eventstore;

import io.r2dbc.spi.R2dbcTransientResourceException;

/** As much waits here as may wait, or it has waited for as long as it may: it has not been done, and will not be. */
sealed class StoreBusyException extends R2dbcTransientResourceException permits EntityBusyException {

    private static final long serialVersionUID = 1L;

    StoreBusyException(String reason) {
        super(reason);
    }
}
