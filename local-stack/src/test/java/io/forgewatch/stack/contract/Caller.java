package io.forgewatch.stack.contract;

import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.stack.RunFile;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Base64;

/** Who sends a request. */
sealed interface Caller {

    /** Adds what shows who it is. */
    void identify(HttpRequest.Builder request, Call call);

    /** Nobody who says who he is. */
    record Nobody() implements Caller {
        @Override
        public void identify(HttpRequest.Builder request, Call call) {
            // Nothing says who it is.
        }
    }

    record Bearer(String token) implements Caller {
        @Override
        public void identify(HttpRequest.Builder request, Call call) {
            request.setHeader("Authorization", "Bearer " + token);
        }
    }

    /** Signs whatever it sends as if it were a frame. */
    record Gateway(RunFile.Gateway gateway) implements Caller {
        @Override
        public void identify(HttpRequest.Builder request, Call call) {
            FrameSignature.Headers headers = FrameSignature.sign(
                    gateway.id(),
                    Base64.getDecoder().decode(gateway.secret()),
                    call.sequence(),
                    Instant.now(),
                    call.body());
            request.setHeader("Content-Digest", headers.contentDigest())
                    .setHeader("Signature-Input", headers.signatureInput())
                    .setHeader("Signature", headers.signature());
        }
    }
}
