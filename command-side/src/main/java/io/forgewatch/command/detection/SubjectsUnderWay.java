package io.forgewatch.command.detection;

import io.forgewatch.command.parking.ParkedSignals.Kept;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The parked subjects that are being tried, and of which works there are enough of them. */
final class SubjectsUnderWay {

    private static final int ENOUGH = 64;

    // Guarded by this.
    private final Set<String> subjects = new HashSet<>();
    private final Map<String, Integer> works = new HashMap<>();

    /** False when it is being tried already. */
    synchronized boolean take(Kept one) {
        if (!subjects.add(one.subject())) {
            return false;
        }
        works.merge(one.enterprise(), 1, Integer::sum);
        return true;
    }

    synchronized void leave(Kept one) {
        subjects.remove(one.subject());
        works.computeIfPresent(one.enterprise(), (same, count) -> count == 1 ? null : count - 1);
    }

    /** Of whom no more should be taken. */
    synchronized Set<String> busy() {
        return works.entrySet().stream()
                .filter(one -> one.getValue() >= ENOUGH)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
