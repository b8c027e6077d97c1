package io.forgewatch.command.eventstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * States of entities between commands, as many as a number of bytes holds; those that are used least are forgotten first. A state may
 * be stale: the append finds that out.
 */
final class EntityCache {

    /** About what a state of few events takes, with its place here. */
    static final int USUAL_STATE = 2_048;

    private final Cache<String, Known> states;

    /** @param bytes how much memory they may take, about; 0 for none */
    EntityCache(long bytes) {
        this.states = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((String entity, Known known) -> Footprint.of(entity) + Footprint.of(known.state()))
                // What is forgotten is so at once, by whoever brings what takes its place.
                .executor(Runnable::run)
                .build();
    }

    /** Room for so many states of the usual size. */
    static EntityCache ofUsual(int states) {
        return new EntityCache((long) states * USUAL_STATE);
    }

    /**
     * A state as it was.
     *
     * @param position up to which nothing else that the entity is made of had been appended
     * @param since how many events it has more than its last snapshot
     */
    record Known(Object state, long position, int since) {

        /** The same, looked for up to another position. */
        Known at(long upTo) {
            return new Known(state, upTo, since);
        }

        /** The same, of which a snapshot is there. */
        Known kept() {
            return new Known(state, position, 0);
        }
    }

    @Nullable
    Known get(String entity) {
        return states.getIfPresent(entity);
    }

    void put(String entity, Known known) {
        states.asMap()
                .merge(entity, known, (current, later) -> current.position() < later.position() ? later : current);
    }
}
