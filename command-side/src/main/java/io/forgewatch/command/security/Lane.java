package io.forgewatch.command.security;

/** Who goes first where passwords are checked: those who are likeliest to be whom they say. */
public enum Lane {
    /** An account from a network where it is known, or somebody who is signed in. */
    KNOWN,
    /** The same, after much failed for it there: perhaps it shares its network with a stranger. */
    SUSPECT,
    /** Anybody. */
    UNKNOWN;

    /** Whether it takes turns with the other one of its kind, and leaves a place free for those who are known. */
    boolean isDoubtful() {
        return this != KNOWN;
    }
}
