package io.forgewatch.command.gateway;

import io.forgewatch.command.eventstore.StoreClock;
import io.forgewatch.command.telemetry.Gateway;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.web.Problem;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Who sent a frame, by its RFC 9421 signature. Only headers are looked at, so that nobody unknown gets a body read. Answers 401
 * {@code signature-missing}, {@code signature-invalid}, {@code gateway-unknown} and {@code clock-skew}, in this order.
 */
final class SignatureCheck {

    private static final Duration MOST_SKEW = Duration.ofSeconds(300);

    private final PlantDirectory directory;
    private final GatewayWatch watch;
    private final Clock clock;
    private final StoreClock storeClock;

    /** @param storeClock knows whether this instance's own clock may be the one that is wrong */
    SignatureCheck(PlantDirectory directory, GatewayWatch watch, Clock clock, StoreClock storeClock) {
        this.directory = directory;
        this.watch = watch;
        this.clock = clock;
        this.storeClock = storeClock;
    }

    /**
     * What the signature vouches for.
     *
     * @param nonce should be the sequence in the body
     * @param digest SHA-256 that the body should have, or null where {@code Content-Digest} names none
     * @param offset of the gateway's clock
     */
    record Signed(Gateway gateway, String nonce, byte @Nullable [] digest, ClockOffset offset) {}

    Signed check(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String input = joined(headers, "Signature-Input");
        String signature = joined(headers, "Signature");
        if (input == null || signature == null) {
            throw refused("signature-missing", "Signature and Signature-Input by RFC 9421 are needed. 缺少签名。");
        }
        String contentDigest = joined(headers, "Content-Digest");
        if (contentDigest == null) {
            throw invalid("Content-Digest is signed and must be there. 缺少 Content-Digest。");
        }
        try {
            return check(request, input, signature, contentDigest);
        } catch (StructuredField.SyntaxException e) {
            throw invalid("The signature's headers can't be read: " + e.getMessage() + ". 签名头无法解析。");
        }
    }

    private Signed check(ServerHttpRequest request, String input, String signature, String contentDigest) {
        Map<String, StructuredField.InnerList> inputs = StructuredField.innerLists(input);
        Map<String, byte[]> signatures = StructuredField.byteSequences(signature);
        if (inputs.size() != 1 || !inputs.keySet().equals(signatures.keySet())) {
            throw invalid("There must be one signature, under one label. 只允许一个签名。");
        }
        StructuredField.InnerList covered = inputs.values().iterator().next();
        if (!covered.components().equals(FrameSignature.COMPONENTS)) {
            throw invalid("The components must be exactly " + FrameSignature.COMPONENTS + ". 签名组件不符。");
        }
        Map<String, Object> parameters = covered.parameters();
        if (!(parameters.get("created") instanceof Long created)
                || !(parameters.get("nonce") instanceof String nonce)
                || !(parameters.get("keyid") instanceof String keyId)
                || !FrameSignature.ALGORITHM.equals(parameters.get("alg"))) {
            throw invalid("The parameters created, nonce, keyid and alg=\"hmac-sha256\" are needed. 签名参数不全。");
        }
        Gateway gateway = directory.gateway(keyId);
        if (gateway == null) {
            throw refused("gateway-unknown", "No gateway of this keyid is registered. 网关未登记。");
        }
        byte[] base = FrameSignature.base(
                request.getMethod().name(), request.getURI().getRawPath(), contentDigest, covered.text());
        byte[] expected = FrameSignature.hmac(gateway.secret(), base);
        if (!MessageDigest.isEqual(expected, signatures.values().iterator().next())) {
            throw invalid("The signature does not fit the request and the gateway's key. 签名不符。");
        }
        Signed signed = new Signed(gateway, nonce, digest(contentDigest), ClockOffset.of(created, clock.millis()));
        checkTime(signed, created, parameters.get("expires"));
        return signed;
    }

    /** Last: what is told of a gateway's clock must come from the gateway. */
    private void checkTime(Signed signed, long created, @Nullable Object expires) {
        Instant now = clock.instant();
        long skew = Math.abs(now.getEpochSecond() - created);
        boolean skewed = skew > MOST_SKEW.toSeconds();
        boolean late = expires instanceof Long until && until < now.getEpochSecond();
        // A clock so far beyond the limit is wrong by ours also where that is off by a few seconds.
        boolean surely = skew > MOST_SKEW.plus(StoreClock.MOST_TO_JUDGE).toSeconds() && !storeClock.misjudges();
        if (skewed && !storeClock.misjudges()) {
            watch.skewed(signed.gateway(), signed.nonce(), signed.digest(), now.toEpochMilli(), signed.offset());
        }
        if ((skewed || late) && !surely && storeClock.isSuspect()) {
            throw FrameDoor.elsewhere("This instance's clock is wrong; send it to another one. 本实例时钟有误，请重发。");
        }
        if (skewed) {
            throw refused("clock-skew", "created is more than 300 s off this clock. 网关时钟偏差超过 300 秒。");
        }
        if (late || (expires != null && !(expires instanceof Long))) {
            throw refused("clock-skew", "The signature has expired. 签名已过期。");
        }
    }

    private static byte @Nullable [] digest(String contentDigest) {
        try {
            return StructuredField.byteSequences(contentDigest).get("sha-256");
        } catch (StructuredField.SyntaxException e) {
            return null;
        }
    }

    /** Several fields of one name are one field, by RFC 9110. */
    private static @Nullable String joined(HttpHeaders headers, String name) {
        List<String> values = headers.getOrEmpty(name);
        return values.isEmpty() ? null : String.join(", ", values).strip();
    }

    private static Problem invalid(String detail) {
        return refused("signature-invalid", detail);
    }

    private static Problem refused(String code, String detail) {
        return new Problem(401, code, detail);
    }
}
