package io.forgewatch.command.eventstore;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * States of entities between commands, the least recently used forgotten first. A state may be stale: the append finds that out.
 */
final class EntityCache {

    private final Map<String, Known> states;

    EntityCache(int capacity) {
        this.states = new LinkedHashMap<>(1_024, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                return size() > capacity;
            }
        };
    }

    /**
     * A state as it was.
     *
     * @param position up to which nothing else that the entity is made of had been appended
     * @param since how many events it has more than its last snapshot
     */
    record Known(Object state, long position, int since) {}

    synchronized @Nullable Known get(String entity) {
        return states.get(entity);
    }

    synchronized void put(String entity, Known known) {
        Known current = states.get(entity);
        if (current == null || current.position() < known.position()) {
            states.put(entity, known);
        }
    }
}
