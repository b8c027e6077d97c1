package io.forgewatch.command.telemetry;

import io.forgewatch.event.telemetry.GatewayCodes;

/**
 * An enterprise's edge gateway, with the key that its frames are signed with, which of its readings are codes, and what was
 * stated of its clock and its lag. Immutable.
 */
public final class Gateway {

    private final String id;
    private final String enterpriseId;
    private final byte[] secret;
    private final GatewayCodes codes;
    private final boolean clockWrong;
    private final boolean behind;

    public Gateway(String id, String enterpriseId, byte[] secret) {
        this(id, enterpriseId, secret.clone(), GatewayCodes.STANDARD, false, false);
    }

    private Gateway(
            String id, String enterpriseId, byte[] secret, GatewayCodes codes, boolean clockWrong, boolean behind) {
        this.id = id;
        this.enterpriseId = enterpriseId;
        this.secret = secret;
        this.codes = codes;
        this.clockWrong = clockWrong;
        this.behind = behind;
    }

    Gateway with(GatewayCodes other) {
        return new Gateway(id, enterpriseId, secret, other, clockWrong, behind);
    }

    Gateway withClock(boolean wrong) {
        return new Gateway(id, enterpriseId, secret, codes, wrong, behind);
    }

    Gateway withLag(boolean isBehind) {
        return new Gateway(id, enterpriseId, secret, codes, clockWrong, isBehind);
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
        return clockWrong;
    }

    /** Whether it was stated to be behind, and not to have caught up since. */
    public boolean isBehind() {
        return behind;
    }

    @Override
    public String toString() {
        return "Gateway " + id;
    }
}
