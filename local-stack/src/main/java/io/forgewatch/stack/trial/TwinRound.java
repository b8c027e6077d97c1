package io.forgewatch.stack.trial;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Waits for what one group is told of, and says how long that took. */
record TwinRound(StreamWatch stream, Duration patience, TrialReport.Notes notes, Progress progress) {

    /** @return nanoseconds from a moment to the first warning of the group */
    long told(String when, TrialCountry group, long since) throws Exception {
        Set<String> wanted = group.enterprises();
        boolean all = Patience.until(patience, () -> stream.enterprises().containsAll(wanted));
        List<Long> times = new ArrayList<>();
        for (String enterprise : wanted) {
            stream.told().stream()
                    .filter(told -> told.enterprise().equals(enterprise))
                    .findFirst()
                    .ifPresent(told -> times.add(told.nanos() - since));
        }
        times.sort(null);
        String seen = times.isEmpty()
                ? "none of " + wanted.size()
                : "%d of %d, the first after %s, the last after %s"
                        .formatted(times.size(), wanted.size(), seconds(times.getFirst()), seconds(times.getLast()));
        progress.tell("Told " + when + ": " + seen);
        notes.add("every breach is told: " + when, seen, all);
        return times.isEmpty() ? Long.MAX_VALUE : times.getFirst();
    }

    static String seconds(long nanos) {
        return nanos == Long.MAX_VALUE ? "never" : "%.1f s".formatted(nanos / 1e9);
    }
}
