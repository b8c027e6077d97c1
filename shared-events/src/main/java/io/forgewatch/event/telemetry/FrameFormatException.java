package io.forgewatch.event.telemetry;

/** Bytes that should be a {@link Frame} are none. */
public class FrameFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FrameFormatException(String message) {
        super(message, null, false, false);
    }
}
