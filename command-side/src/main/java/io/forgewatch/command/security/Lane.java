package io.forgewatch.command.security;

/** Who goes first where passwords are checked: first those who are likeliest to be whom they say. */
public enum Lane {
    /** An account from a network where it is known, or somebody who is signed in. */
    KNOWN(0),
    /** The same, after much failed for it there: perhaps it shares its network with a stranger. */
    SUSPECT(0),
    /** Anybody. One place is always left to those above. */
    UNKNOWN(1);

    private final int placesLeftFree;

    Lane(int placesLeftFree) {
        this.placesLeftFree = placesLeftFree;
    }

    /** Of the places where passwords are checked, those that this lane never takes. */
    int placesLeftFree() {
        return placesLeftFree;
    }
}
