package io.forgewatch.command.detection;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What detection can't evaluate on this instance, each since when: a works, a device, or one point of it. No alarm comes of any, so
 * it is told in health. Used by any thread.
 */
final class Unjudged {

    private static final int MOST_NAMED = 100;

    private final Map<Matter, Instant> since = new ConcurrentHashMap<>();

    /** What can't be done: one can fail while another goes well. */
    enum Step {
        /** To make its rules, or read its states. */
        BUILD,
        /** To take its readings. */
        READ,
        /** To let time pass for it. */
        TIME,
        /** To tell whether it is faulty. */
        LOOK,
        /** To say what was found. */
        SAY,
        /** To hold it against the table of open alarms. */
        COMPARE,
        /** To keep its states. */
        KEEP
    }

    /**
     * Of what, and which step.
     *
     * @param subject a device, or whatever else has alarms
     * @param indicator of the point, or null where it is all of the subject
     */
    record Matter(Step step, String subject, @Nullable String indicator) {

        String name() {
            return indicator == null ? subject : subject + "." + indicator;
        }
    }

    void began(Matter matter, Instant at) {
        since.putIfAbsent(matter, at);
    }

    void ended(Matter matter) {
        since.remove(matter);
    }

    int count() {
        return since.size();
    }

    /** The first hundred by name, each since when. */
    SortedMap<String, Instant> named() {
        TreeMap<String, Instant> all = new TreeMap<>();
        since.forEach((matter, at) -> all.merge(matter.name(), at, (one, other) -> one.isBefore(other) ? one : other));
        while (all.size() > MOST_NAMED) {
            all.pollLastEntry();
        }
        return all;
    }
}
