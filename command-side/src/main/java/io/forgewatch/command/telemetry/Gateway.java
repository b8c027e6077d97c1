package io.forgewatch.command.telemetry;

import io.forgewatch.event.telemetry.GatewayCodes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An enterprise's edge gateway, with the key that its frames are signed with, which of its readings are codes, and what was
 * stated of its clock and its lag. Immutable.
 */
public final class Gateway {

    private final String id;
    private final String enterpriseId;
    private final byte[] secret;
    private final GatewayCodes codes;
    private final Stated clock;
    private final Stated lag;

    /**
     * What was stated last of a matter.
     *
     * @param amiss whether something is wrong
     * @param at when; null for never
     */
    private record Stated(boolean amiss, @Nullable Instant at) {
        private static final Stated NOTHING = new Stated(false, null);
    }

    public Gateway(String id, String enterpriseId, byte[] secret) {
        this(id, enterpriseId, secret.clone(), GatewayCodes.STANDARD, Stated.NOTHING, Stated.NOTHING);
    }

    private Gateway(String id, String enterpriseId, byte[] secret, GatewayCodes codes, Stated clock, Stated lag) {
        this.id = id;
        this.enterpriseId = enterpriseId;
        this.secret = secret;
        this.codes = codes;
        this.clock = clock;
        this.lag = lag;
    }

    Gateway with(GatewayCodes other) {
        return new Gateway(id, enterpriseId, secret, other, clock, lag);
    }

    Gateway withClock(boolean wrong, Instant at) {
        return new Gateway(id, enterpriseId, secret, codes, new Stated(wrong, at), lag);
    }

    Gateway withLag(boolean behind, Instant at) {
        return new Gateway(id, enterpriseId, secret, codes, clock, new Stated(behind, at));
    }

    public String id() {
        return id;
    }

    public String enterpriseId() {
        return enterpriseId;
    }

    /** The HMAC key itself; for the signature check, never for a log. */
    public byte[] secret() {
        return secret.clone();
    }

    public GatewayCodes codes() {
        return codes;
    }

    /** Whether its clock was stated to be wrong, and not to be right since. */
    public boolean isClockWrong() {
        return clock.amiss();
    }

    /** When something was stated of its clock last; null for never. */
    public @Nullable Instant clockStatedAt() {
        return clock.at();
    }

    /** Whether it was stated to be behind, and not to have caught up since. */
    public boolean isBehind() {
        return lag.amiss();
    }

    /** When something was stated of its lag last; null for never. */
    public @Nullable Instant lagStatedAt() {
        return lag.at();
    }

    @Override
    public String toString() {
        return "Gateway " + id;
    }
}
