package io.forgewatch.query.projection;

import java.time.Duration;

/**
 * The time in which this instance holds a lease. It ends by itself some time before anybody may take the lease over: who could
 * not renew it for so long asks nobody whether he still has it.
 */
final class Tenure {

    private final long forNanos;
    private volatile Lease lease;
    private volatile long renewedNanos;

    /** @param askedNanos when the lease was asked for: the answer may have taken long */
    Tenure(Lease lease, Duration term, long askedNanos) {
        this.lease = lease;
        this.forNanos = term.toNanos() * 4 / 5;
        this.renewedNanos = askedNanos;
    }

    long token() {
        return lease.token();
    }

    Lease lease() {
        return lease;
    }

    void renewed(Lease now, long askedNanos) {
        lease = now;
        renewedNanos = askedNanos;
    }

    boolean isHeld(long nanos) {
        return nanos - renewedNanos < forNanos;
    }
}
