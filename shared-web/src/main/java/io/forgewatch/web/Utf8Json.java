package io.forgewatch.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON in UTF-8 and in nothing else (RFC 8259), as our refusals say. Jackson would guess other encodings by the first bytes, and
 * what one reader takes for a text another would take for something else.
 */
public final class Utf8Json extends JacksonJsonDecoder {

    private static final Set<Charset> TAKEN = Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);

    Utf8Json(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    public boolean canDecode(ResolvableType type, @Nullable MimeType sent) {
        Charset said = sent == null ? null : sent.getCharset();
        return (said == null || TAKEN.contains(said)) && super.canDecode(type, sent);
    }

    @Override
    public Object decode(
            DataBuffer body, ResolvableType type, @Nullable MimeType sent, @Nullable Map<String, Object> hints) {
        byte[] first = new byte[Math.min(4, body.readableByteCount())];
        for (int place = 0; place < first.length; place++) {
            first[place] = body.getByte(body.readPosition() + place);
        }
        if (isOther(first)) {
            DataBufferUtils.release(body);
            throw BodyProblems.unreadable();
        }
        return super.decode(body, type, sent, hints);
    }

    /** Whether bytes begin as JSON does in UTF-16 or UTF-32: with their mark, or with a character that leaves some bytes 0. */
    public static boolean isOther(byte[] bytes) {
        for (int place = 0; place < Math.min(4, bytes.length); place++) {
            byte one = bytes[place];
            if (one == 0 || one == (byte) 0xFE || one == (byte) 0xFF) {
                return true;
            }
        }
        return false;
    }
}
