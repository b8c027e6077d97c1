package io.forgewatch.command.security;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A bounded queue that many share fairly: each has a line of its own, and the lines take turns. When it is full, the longest line
 * gives way: whoever floods it takes places from themselves. Not safe for use by several threads.
 */
final class FairQueue<T> {

    private final int bound;
    private final Map<String, Deque<T>> lines = new LinkedHashMap<>();
    private int size;

    FairQueue(int bound) {
        this.bound = bound;
    }

    /**
     * Puts one at the end of its line.
     *
     * @return who has to leave for it, which may be itself
     */
    Optional<T> add(String whose, T one) {
        if (size < bound) {
            lines.computeIfAbsent(whose, first -> new ArrayDeque<>()).addLast(one);
            size++;
            return Optional.empty();
        }
        String longest = lines.entrySet().stream()
                .max(Comparator.comparingInt(line -> line.getValue().size()))
                .orElseThrow()
                .getKey();
        int own = lines.getOrDefault(whose, new ArrayDeque<>()).size();
        if (line(longest).size() <= own + 1) {
            return Optional.of(one);
        }
        T last = line(longest).getLast();
        remove(longest, last);
        add(whose, one);
        return Optional.of(last);
    }

    /** The first of the line whose turn it is. */
    Optional<T> poll() {
        Optional<String> next = lines.keySet().stream().findFirst();
        return next.map(whose -> {
            Deque<T> line = line(whose);
            T first = line.removeFirst();
            size--;
            lines.remove(whose);
            if (!line.isEmpty()) {
                lines.put(whose, line);
            }
            return first;
        });
    }

    /** Whether it was there. */
    boolean remove(String whose, T one) {
        Deque<T> line = lines.get(whose);
        if (line == null || !line.remove(one)) {
            return false;
        }
        size--;
        if (line.isEmpty()) {
            lines.remove(whose);
        }
        return true;
    }

    private Deque<T> line(String whose) {
        return Objects.requireNonNull(lines.get(whose));
    }
}
