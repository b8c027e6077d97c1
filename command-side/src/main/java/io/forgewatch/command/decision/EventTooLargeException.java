package io.forgewatch.command.decision;

/**
 * What was decided makes an event that is too large to be kept, read and passed on by all who must. No refusal, since nothing
 * foresaw it: a person is told that the request is too large; what goes on by itself stops at its subject.
 */
public final class EventTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The code by which callers know it. */
    public static final String CODE = "event-too-large";

    private static final int MOST = 200;

    /**
     * @param event its name
     * @param what is too large, with the limit
     */
    public EventTooLargeException(String event, String what) {
        super(CODE + ": " + shortened(event) + ": " + shortened(what));
    }

    private static String shortened(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
    }
}
