package io.forgewatch.command.gateway;

import io.forgewatch.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** The body of a frame, never more of it in memory than is allowed: 1 MiB as sent, 4 MiB unpacked. */
final class FrameBody {

    private static final int MOST_SENT = 1 << 20;
    private static final int MOST_UNPACKED = 4 << 20;

    private FrameBody() {}

    /**
     * Refuses by headers alone what can't be a frame.
     *
     * @return whether the body is compressed
     * @throws Problem 415 {@code unsupported-media-type}, 413 {@code frame-too-large}
     */
    static boolean isGzip(HttpHeaders headers) {
        if (!isJson(headers)) {
            throw unsupported(
                    "Content-Type must be application/json. 仅支持 application/json。",
                    HttpHeaders.ACCEPT,
                    MediaType.APPLICATION_JSON_VALUE);
        }
        List<String> encodings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        String encoding = String.join(",", encodings).strip();
        // RFC 9110 has x-gzip be taken for gzip.
        boolean gzip = encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
        if (!gzip && !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported(
                    "Content-Encoding can only be gzip, or be left out. 仅支持 gzip 压缩或不压缩。",
                    HttpHeaders.ACCEPT_ENCODING,
                    "gzip, identity");
        }
        if (headers.getContentLength() > MOST_SENT) {
            throw tooLarge();
        }
        return gzip;
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            MediaType type = headers.getContentType();
            return type != null
                    && type.isCompatibleWith(MediaType.APPLICATION_JSON)
                    && !type.isWildcardType()
                    && !type.isWildcardSubtype();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** The bytes as sent; fails with 413 as soon as there are too many. */
    static Mono<byte[]> sent(ServerHttpRequest request) {
        return DataBufferUtils.join(request.getBody(), MOST_SENT)
                .map(FrameBody::bytes)
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge())
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    /**
     * The bytes after unpacking.
     *
     * @throws Problem 413 when there are too many, 400 {@code malformed-json} when they are no gzip
     */
    static byte[] unpacked(byte[] sent) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(sent), 8192)) {
            byte[] bytes = in.readNBytes(MOST_UNPACKED + 1);
            if (bytes.length > MOST_UNPACKED) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw new Problem(400, "malformed-json", "The body is not gzip. 正文不是有效的 gzip。");
        }
    }

    /** Only the header that the refusal is about: by the other a client would look for the fault in the wrong place. */
    private static Problem unsupported(String detail, String header, String accepted) {
        return new Problem(415, "unsupported-media-type", detail, List.of(), Map.of(header, accepted));
    }

    private static Problem tooLarge() {
        return new Problem(413, "frame-too-large", "A frame has at most 1 MiB as sent and 4 MiB unpacked. 帧过大。");
    }
}
