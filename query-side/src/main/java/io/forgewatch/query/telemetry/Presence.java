package io.forgewatch.query.telemetry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is online, by dossier §8. All times are epoch milliseconds; a time of 0 means never.
 *
 * <p>What was not seen since we last began to hear, after our own start or a time in which no frame could come, is unknown for one
 * full window, not offline: it may be we who were away.
 */
public final class Presence {

    /** A point that samples faster than every 12 s is given this long. */
    static final long SHORTEST_POINT_WINDOW = Duration.ofSeconds(60).toMillis();

    /** 企业离线: no live point for so long. */
    static final long ENTERPRISE_WINDOW = Duration.ofMinutes(10).toMillis();

    private static final int CYCLES = 5;
    private static final long MOST_AGE = Duration.ofMinutes(5).toMillis();
    private static final long GATEWAY_SUSPECT = Duration.ofSeconds(90).toMillis();
    private static final long GATEWAY_OFFLINE = Duration.ofMinutes(5).toMillis();

    private Presence() {}

    /** Whether a reading was at most five minutes old when it came in: however late, it then is of now. */
    static boolean isOfNow(long at, long arrivedAt) {
        return arrivedAt - at <= MOST_AGE;
    }

    /** How long a point counts as live after a sample: max(5 × T, 60 s). */
    static long pointWindow(int sampleSeconds) {
        return Math.max(CYCLES * sampleSeconds * 1_000L, SHORTEST_POINT_WINDOW);
    }

    /** @return null when that is not known yet */
    static @Nullable Boolean pointLive(long lastSample, int sampleSeconds, Watch watch) {
        long window = pointWindow(sampleSeconds);
        if (lastSample > 0 && watch.now() - lastSample <= window) {
            return true;
        }
        return watch.now() - watch.from() < window ? null : false;
    }

    /**
     * An enterprise is offline when it has had no live point for 10 minutes.
     *
     * @param liveUntil until when its last live point was live; see {@link #liveUntil}
     * @return null when that is not known yet
     */
    static @Nullable Boolean enterpriseOnline(long liveUntil, Watch watch) {
        if (liveUntil > 0 && watch.now() - liveUntil < ENTERPRISE_WINDOW) {
            return true;
        }
        return watch.now() - watch.from() < ENTERPRISE_WINDOW ? null : false;
    }

    /**
     * Until when a sample keeps its enterprise's clock from running. A point that is sampled once a day says nothing about ten
     * minutes, so that its window is cut to them.
     */
    static long liveUntil(long sample, int sampleSeconds) {
        return sample + Math.min(pointWindow(sampleSeconds), ENTERPRISE_WINDOW);
    }

    static GatewayState gateway(long lastFrame, Watch watch) {
        long silence = watch.now() - Math.max(lastFrame, 0);
        if (lastFrame > 0 && silence < GATEWAY_SUSPECT) {
            return GatewayState.ONLINE;
        }
        if (watch.now() - watch.from() < GATEWAY_OFFLINE) {
            return lastFrame > watch.from() ? GatewayState.SUSPECT : GatewayState.UNKNOWN;
        }
        return silence < GATEWAY_OFFLINE ? GatewayState.SUSPECT : GatewayState.OFFLINE;
    }
}
