package io.forgewatch.command.telemetry;

/** An enterprise's edge gateway, with the key that its frames are signed with. */
public final class Gateway {

    private final String id;
    private final String enterpriseId;
    private final byte[] secret;

    public Gateway(String id, String enterpriseId, byte[] secret) {
        this.id = id;
        this.enterpriseId = enterpriseId;
        this.secret = secret.clone();
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

    @Override
    public String toString() {
        return "Gateway " + id;
    }
}
