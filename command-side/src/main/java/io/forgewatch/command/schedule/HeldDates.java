package io.forgewatch.command.schedule;

import io.forgewatch.command.schedule.DueDateRows.Due;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import reactor.core.scheduler.Scheduler;

/**
 * The due dates that this instance has taken and not done with: their claims are extended while they wait for their turn. One whose
 * claim could not be extended in time may be another's by now, and is not sent.
 */
final class HeldDates {

    /** Of one owner no more are taken beside the others. */
    private static final int MOST_OF_ONE = 16;

    private static final int MOST = 2_048;

    private final Scheduler time;
    private final Duration trusted;
    // Guarded by this.
    private final Map<String, Held> held = new HashMap<>();

    private record Held(String owner, long claimedAt) {}

    /** @param trusted for how long a claim is surely ours */
    HeldDates(Scheduler time, Duration trusted) {
        this.time = time;
        this.trusted = trusted;
    }

    synchronized int room() {
        return MOST - held.size();
    }

    /** Those of whom enough are held. */
    synchronized Set<String> busy() {
        return held.values().stream()
                .collect(Collectors.groupingBy(Held::owner, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(owner -> owner.getValue() >= MOST_OF_ONE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param since when they were asked for: their claims are no older */
    synchronized void take(List<Due> dates, long since) {
        dates.forEach(due -> held.put(due.key(), new Held(due.owner(), since)));
    }

    synchronized List<String> keys() {
        return List.copyOf(held.keySet());
    }

    synchronized void extended(Collection<String> keys, long since) {
        keys.forEach(key -> held.computeIfPresent(key, (same, one) -> new Held(one.owner(), since)));
    }

    /** Whether the claims on all of them are surely ours. */
    synchronized boolean areOurs(List<String> keys) {
        long now = now();
        return keys.stream().allMatch(key -> {
            Held one = held.get(key);
            return one != null && now - one.claimedAt() < trusted.toMillis();
        });
    }

    synchronized void leave(List<String> keys) {
        keys.forEach(held::remove);
    }

    /** Milliseconds. */
    long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }
}
