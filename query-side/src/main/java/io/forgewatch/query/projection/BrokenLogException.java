package io.forgewatch.query.projection;

/** The event topic is not what it must be (a gap, a foreign record), so that going on would make the views wrong. */
public class BrokenLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokenLogException(String message) {
        super(message);
    }
}
