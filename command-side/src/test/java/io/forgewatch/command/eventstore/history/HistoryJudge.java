package io.forgewatch.command.eventstore.history;

import io.forgewatch.command.eventstore.history.History.Acknowledged;
import io.forgewatch.command.eventstore.history.History.Begun;
import io.forgewatch.command.eventstore.history.History.Reading;
import io.forgewatch.command.eventstore.history.History.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a history without knowing how it came about: positions without a gap from 1, each append at most once and none that
 * nobody tried, what was acknowledged where it was said to be, an append that began after another's acknowledgement behind it,
 * and every reader given the store's order without a gap, a repeat or another event.
 */
final class HistoryJudge {

    private HistoryJudge() {}

    /** What is wrong with it, in words; empty when nothing is. */
    static List<String> faults(History history) {
        List<String> faults = new ArrayList<>();
        positions(history, faults);
        onceAndTried(history, faults);
        acknowledged(history, faults);
        realTime(history, faults);
        history.read().forEach(reading -> reader(reading, history, faults));
        return List.copyOf(faults);
    }

    private static void positions(History history, List<String> faults) {
        long expected = 1;
        for (Stored stored : history.stored()) {
            if (stored.position() != expected) {
                faults.add("Position " + expected + " is followed by " + stored.position());
                expected = stored.position();
            }
            expected++;
        }
    }

    private static void onceAndTried(History history, List<String> faults) {
        Set<String> tried = history.begun().stream().map(Begun::what).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (Stored stored : history.stored()) {
            if (!seen.add(stored.what())) {
                faults.add(stored.what() + " is there twice, again at " + stored.position());
            }
            if (!tried.contains(stored.what())) {
                faults.add(stored.what() + " at " + stored.position() + " was never tried");
            }
        }
    }

    private static void acknowledged(History history, List<String> faults) {
        Map<Long, String> stored = byPosition(history);
        for (Acknowledged one : history.acknowledged()) {
            if (!one.what().equals(stored.get(one.position()))) {
                faults.add(one.what() + " was acknowledged at " + one.position() + ", where there is "
                        + stored.get(one.position()));
            }
        }
    }

    /** Sweeps time: the highest position acknowledged so far must be below those of all that begin later. */
    private static void realTime(History history, List<String> faults) {
        Map<String, Long> positions = new HashMap<>();
        history.stored().forEach(stored -> positions.put(stored.what(), stored.position()));
        List<Acknowledged> acknowledged = history.acknowledged().stream()
                .sorted(Comparator.comparingLong(Acknowledged::at))
                .toList();
        int next = 0;
        long highest = 0;
        for (Begun begun : history.begun().stream()
                .sorted(Comparator.comparingLong(Begun::at))
                .toList()) {
            while (next < acknowledged.size() && acknowledged.get(next).at() < begun.at()) {
                highest = Math.max(highest, acknowledged.get(next).position());
                next++;
            }
            long position = positions.getOrDefault(begun.what(), Long.MAX_VALUE);
            if (position <= highest) {
                faults.add(begun.what() + " began after " + highest + " was acknowledged and is at " + position);
            }
        }
    }

    private static void reader(Reading reading, History history, List<String> faults) {
        Map<Long, String> stored = byPosition(history);
        long expected = 1;
        for (Stored seen : reading.seen()) {
            if (seen.position() != expected) {
                faults.add(reading.reader() + " was given " + seen.position() + " in place of " + expected);
                expected = seen.position();
            }
            if (!seen.what().equals(stored.get(seen.position()))) {
                faults.add(reading.reader() + " was given " + seen.what() + " at " + seen.position()
                        + ", where there is " + stored.get(seen.position()));
            }
            expected++;
        }
    }

    private static Map<Long, String> byPosition(History history) {
        return history.stored().stream()
                .collect(Collectors.toMap(Stored::position, Stored::what, (first, second) -> first));
    }
}
