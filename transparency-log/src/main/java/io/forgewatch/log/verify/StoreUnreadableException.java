package io.forgewatch.log.verify;

import java.io.Serial;
import java.sql.SQLException;

/** The store could not be read: not reached, or not one with a log. Says nothing about what is in it. */
public final class StoreUnreadableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    StoreUnreadableException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
