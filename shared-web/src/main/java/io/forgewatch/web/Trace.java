package io.forgewatch.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** The trace id of a request: 32 hexadecimal digits, from the caller's {@code traceparent} (W3C Trace Context) or our own. */
public final class Trace {

    /** The name in the MDC of log lines that tell of a failed request. */
    static final String KEY = "traceId";

    private static final String ATTRIBUTE = Trace.class.getName();
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final String NONE = "0".repeat(32);

    private Trace() {}

    /** The same one for the whole request. */
    public static String id(ServerWebExchange exchange) {
        String known = exchange.getAttribute(ATTRIBUTE);
        if (known != null) {
            return known;
        }
        String id = given(exchange.getRequest().getHeaders().getFirst("traceparent"));
        exchange.getAttributes().put(ATTRIBUTE, id);
        return id;
    }

    static String given(@Nullable String traceparent) {
        if (traceparent != null && traceparent.length() <= 256) {
            Matcher matcher = TRACEPARENT.matcher(traceparent);
            if (matcher.matches()
                    && !traceparent.startsWith("ff")
                    && !matcher.group(1).equals(NONE)) {
                return matcher.group(1);
            }
        }
        return fresh();
    }

    /** Not a secret: a plain random number does. */
    static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + hex.toHexDigits(random.nextLong());
    }
}
