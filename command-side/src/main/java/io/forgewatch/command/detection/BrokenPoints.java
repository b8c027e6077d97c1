package io.forgewatch.command.detection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The points of a device that could not be evaluated the last time: as blind as with a dead sensor. For moments only; a restart
 * finds out anew.
 */
final class BrokenPoints {

    /** What fails when its time has come would be tried with every tick. */
    static final long AGAIN_MILLIS = 30_000;

    private final Set<String> unread = new HashSet<>();
    private final Map<String, Long> again = new HashMap<>();

    boolean isAny() {
        return !unread.isEmpty() || !again.isEmpty();
    }

    boolean is(String indicator) {
        return unread.contains(indicator) || again.containsKey(indicator);
    }

    /** Until when time is not to pass for it, in epoch milliseconds; 0 where it may. */
    long waitsUntil(String indicator) {
        return again.getOrDefault(indicator, 0L);
    }

    /** A reading of it could not be taken. */
    void unread(String indicator) {
        unread.add(indicator);
    }

    /** Time could not pass for it. */
    void untimed(String indicator, long now) {
        again.put(indicator, now + AGAIN_MILLIS);
    }

    /** Its last reading was taken; whether one before was not. */
    boolean read(String indicator) {
        return unread.remove(indicator);
    }

    /** Time passed for it; whether it could not before. */
    boolean timed(String indicator) {
        return again.remove(indicator) != null;
    }

    /** Another version of the device is judged anew. */
    void clear() {
        unread.clear();
        again.clear();
    }
}
