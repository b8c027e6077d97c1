package io.forgewatch.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says of each kind of trouble once a period how often it came: while a store is away every request and every look fails for the
 * same reason, and a line for each would bury all else.
 */
public final class TroubleLog {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** Kinds are codes and classes; should they ever be more, those that come later are told as one. */
    private static final int MOST_KINDS = 256;

    private static final String OTHERS = "others";

    private final LongSupplier nanos;
    private final Map<String, Since> kinds = new ConcurrentHashMap<>();

    /**
     * @param begun of the period, by the clock
     * @param times how often it came in the period and was not told
     */
    private record Since(long begun, long times) {}

    /** @param nanos a clock such as {@link System#nanoTime} */
    public TroubleLog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Counts one.
     *
     * @return how often it came since it was last told, this one included; null when it was told within the period
     */
    public @Nullable Long told(String kind) {
        String known = kinds.containsKey(kind) || kinds.size() < MOST_KINDS ? kind : OTHERS;
        long now = nanos.getAsLong();
        Since[] before = new Since[1];
        kinds.compute(known, (name, since) -> {
            before[0] = since;
            return since == null || now - since.begun() >= PERIOD.toNanos()
                    ? new Since(now, 0)
                    : new Since(since.begun(), since.times() + 1);
        });
        Since since = before[0];
        return since == null ? Long.valueOf(1) : now - since.begun() >= PERIOD.toNanos() ? since.times() + 1 : null;
    }
}
