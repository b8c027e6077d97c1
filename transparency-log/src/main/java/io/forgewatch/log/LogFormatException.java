package io.forgewatch.log;

import java.io.Serial;

/** Bytes or text that are not of the form they should have. The message says what is wrong and repeats no input of unknown length. */
public final class LogFormatException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    public LogFormatException(String message) {
        super(message);
    }

    public LogFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
