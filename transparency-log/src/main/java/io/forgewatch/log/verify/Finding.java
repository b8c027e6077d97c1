package io.forgewatch.log.verify;

/**
 * What does not hold.
 *
 * @param position the first event that does not hold, from 1; 0 when it is the checkpoint, the proof or a file as a whole
 * @param told why
 */
public record Finding(long position, Kind kind, Told told) {

    /** Kinds of what does not hold. */
    public enum Kind {
        /** A file is not of the form it should have. */
        MALFORMED,
        /** The checkpoint bears no signature of a key that is trusted for its log. */
        SIGNED_BY_ANOTHER,
        /** A signature names a trusted key and is not by it. */
        FORGED_SIGNATURE,
        /** The proof does not lead from the entry to the checkpoint. */
        NOT_INCLUDED,
        /** The event is no longer what its entry recorded. */
        CONTENT_CHANGED,
        /** The event's payload is gone, all of it; whatever else is stored of it is as its entry recorded. */
        PAYLOAD_MISSING,
        /** The stored entry was changed or is missing. */
        ENTRY_CHANGED,
        /** The stored leaf hash was changed or is missing. */
        LEAF_CHANGED,
        /** The event holds, and what it is found by (its rows in the index of tags, its actor) is not what it says. */
        INDEX_CHANGED,
        /** Events are missing where others follow. */
        MISSING,
        /** Two events stand in each other's place. */
        SWAPPED,
        /** An event stands where none was logged. */
        INSERTED,
        /** Another event stands where one was logged. */
        REPLACED,
        /** From one event on, everything is another than what was logged. */
        OTHER_HISTORY,
        /** The last events are missing, and the store still speaks of them. */
        TAIL_CUT,
        /** The checkpoint is of a larger store: an older backup, or a tail that was cut without a trace. */
        OLDER_THAN_CHECKPOINT,
        /** The events do not make the checkpoint's root, and nothing shipped says which of them. */
        ROOT_DIFFERS
    }
}
