package io.forgewatch.command.eventstore;

/**
 * The store no longer has events that this process has seen (存储回退): it was restored, or a replica that was behind took over,
 * while the process ran on. What it knows is of a history that is lost; only a new start, which holds the store against what its
 * log has published, makes it fit again.
 */
public class StoreWentBackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreWentBackException(String what) {
        super(what, null, false, false);
    }

    /** What was seen is not in its place any more. */
    static StoreWentBackException without(EventRows.Place seen) {
        return new StoreWentBackException(
                "The store no longer has event " + seen.id() + " at position " + seen.position() + ".");
    }
}
