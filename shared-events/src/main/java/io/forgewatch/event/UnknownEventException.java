package io.forgewatch.event;

/** An event was stored under a name or version that this code does not know: older code reads newer history. */
public class UnknownEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownEventException(String name, int version) {
        super("Event '" + name + "' version " + version + " is not known here; was it written by newer code?");
    }
}
