package io.forgewatch.query.telemetry;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives each indicator code a small number, for good. There are about a hundred. */
final class Indicators {

    private final ConcurrentMap<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<String> names = new CopyOnWriteArrayList<>();

    int number(String name) {
        Integer known = numbers.get(name);
        return known != null ? known : numbers.computeIfAbsent(name, this::add);
    }

    String name(int number) {
        return names.get(number);
    }

    private synchronized int add(String name) {
        names.add(name);
        return names.size() - 1;
    }
}
