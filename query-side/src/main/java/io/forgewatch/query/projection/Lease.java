package io.forgewatch.query.projection;

/**
 * 租约: who may fold one generation of a view. One instance does, the others follow what it has stored. It is renewed again and
 * again; when it was not for a term by the clock of somebody who watches it, that one takes it over. No clock is compared with
 * another one's: what is watched is that {@code beat} stands still.
 *
 * @param token grows by one with each take-over, from 1: what is written under an earlier one is refused; 0 before the first
 * @param owner the instance; empty when nobody holds it
 * @param beat counts the renewals under this token
 */
record Lease(long token, String owner, long beat) {

    /** Nobody ever had it. */
    static final Lease NONE = new Lease(0, "", 0);

    boolean isFree() {
        return owner.isEmpty();
    }

    Lease takenBy(String instance) {
        return new Lease(token + 1, instance, 0);
    }

    Lease renewed() {
        return new Lease(token, owner, beat + 1);
    }

    /** Given back, so that the next need not wait for a term to end. */
    Lease released() {
        return new Lease(token, "", beat + 1);
    }

    boolean isSameTenureAs(Lease other) {
        return token == other.token && owner.equals(other.owner);
    }
}
