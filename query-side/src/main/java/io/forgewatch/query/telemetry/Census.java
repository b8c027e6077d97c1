package io.forgewatch.query.telemetry;

import org.jspecify.annotations.Nullable;

/** How many are online or connected now. */
public record Census(Count enterprises, Count devices, Count points) {

    static final Census NONE = new Census(Count.NONE, Count.NONE, Count.NONE);

    /**
     * @param live that are
     * @param unknown of which that is not known, since we have not heard for long enough ourselves
     */
    public record Count(int live, int unknown) {

        static final Count NONE = new Count(0, 0);

        static Count of(@Nullable Boolean live) {
            return new Count(Boolean.TRUE.equals(live) ? 1 : 0, live == null ? 1 : 0);
        }

        Count plus(Count other) {
            return new Count(live + other.live, unknown + other.unknown);
        }
    }

    Census plus(Census other) {
        return new Census(enterprises.plus(other.enterprises), devices.plus(other.devices), points.plus(other.points));
    }
}
