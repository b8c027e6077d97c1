package io.forgewatch.event.telemetry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a frame: RFC 9421 with HMAC-SHA256 over exactly {@code ("@method" "@path" "content-digest")}, the digest by
 * RFC 9530. A gateway signs with {@link #sign}; the door builds the same {@link #base} from what it received and compares.
 */
public final class FrameSignature {

    /** Where frames are sent. */
    public static final String PATH = "/telemetry/frames";

    /** The covered components, in their only order. */
    public static final String COMPONENTS = "(\"@method\" \"@path\" \"content-digest\")";

    /** The only algorithm. */
    public static final String ALGORITHM = "hmac-sha256";

    private FrameSignature() {}

    /** The three headers that a signed frame bears, beside its content type. */
    public record Headers(String contentDigest, String signatureInput, String signature) {}

    /**
     * Signs a frame for its way to {@link #PATH}.
     *
     * @param secret the gateway's key, decoded from Base64
     * @param sequence the frame's number, unsigned; the nonce is its decimal form
     * @param created when it is sent, by the gateway's clock; the door allows 300 s
     * @param body the bytes as they are sent, after compression if there is any
     */
    public static Headers sign(String gatewayId, byte[] secret, long sequence, Instant created, byte[] body) {
        String contentDigest = contentDigest(sha256(body));
        String parameters = COMPONENTS
                + ";created=" + created.getEpochSecond()
                + ";nonce=\"" + Long.toUnsignedString(sequence)
                + "\";keyid=\"" + gatewayId
                + "\";alg=\"" + ALGORITHM + "\"";
        byte[] signature = hmac(secret, base("POST", PATH, contentDigest, parameters));
        return new Headers(
                contentDigest,
                "sig1=" + parameters,
                "sig1=:" + Base64.getEncoder().encodeToString(signature) + ":");
    }

    /**
     * The signature base of RFC 9421, section 2.5.
     *
     * @param contentDigest the field's value as received
     * @param parameters the value of the label in {@code Signature-Input} as received, from the opening bracket on
     */
    public static byte[] base(String method, String path, String contentDigest, String parameters) {
        return ("\"@method\": " + method
                        + "\n\"@path\": " + path
                        + "\n\"content-digest\": " + contentDigest
                        + "\n\"@signature-params\": " + parameters)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** HMAC-SHA256, 32 bytes. */
    public static byte[] hmac(byte[] secret, byte[] base) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(base);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    /** SHA-256, 32 bytes. */
    public static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The field value of RFC 9530 for a SHA-256 digest. */
    public static String contentDigest(byte[] sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    }
}
