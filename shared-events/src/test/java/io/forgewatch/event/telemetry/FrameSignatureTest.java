package io.forgewatch.event.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class FrameSignatureTest {

    @Test
    void givenTheExampleOfRfc9530_whenDigested_thenTheValueIsTheStandardsOwn() {
        byte[] body = "{\"hello\": \"world\"}\n".getBytes(StandardCharsets.UTF_8);

        assertThat(FrameSignature.contentDigest(FrameSignature.sha256(body)))
                .isEqualTo("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
    }

    @Test
    void givenTheExampleOfRfc9421SectionB25_whenItsBaseIsSigned_thenTheSignatureIsTheStandardsOwn() {
        byte[] secret = Base64.getDecoder()
                .decode("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==");
        byte[] base = """
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@authority": example.com
                "content-type": application/json
                "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret\"""".getBytes(StandardCharsets.UTF_8);

        assertThat(Base64.getEncoder().encodeToString(FrameSignature.hmac(secret, base)))
                .isEqualTo("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
    }

    @Test
    void givenABody_whenSigned_thenTheThreeHeadersAreAsTheContractSays() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] secret = "secret".getBytes(StandardCharsets.UTF_8);

        FrameSignature.Headers headers =
                FrameSignature.sign("GT3702110001-G1", secret, 91, Instant.ofEpochSecond(1_732_440_000), body);

        assertThat(headers.signatureInput())
                .isEqualTo("sig1=(\"@method\" \"@path\" \"content-digest\");created=1732440000;nonce=\"91\""
                        + ";keyid=\"GT3702110001-G1\";alg=\"hmac-sha256\"");
        byte[] base = FrameSignature.base(
                "POST",
                "/telemetry/frames",
                headers.contentDigest(),
                headers.signatureInput().substring("sig1=".length()));
        assertThat(headers.signature())
                .isEqualTo("sig1=:" + Base64.getEncoder().encodeToString(FrameSignature.hmac(secret, base)) + ":");
    }
}
