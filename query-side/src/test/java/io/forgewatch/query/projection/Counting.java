package io.forgewatch.query.projection;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which events an enterprise had; some of them may be poison, for ever or for a time. */
final class Counting implements Fold<Counting.Count> {

    record Count(List<Long> positions) {}

    final Set<Long> poisonous = ConcurrentHashMap.newKeySet();

    /** How often a fold of the event at a position fails before it heals. */
    final Map<Long, Integer> failures = new ConcurrentHashMap<>();

    /** How often a fold of the event at a position was tried. */
    final Map<Long, Integer> attempts = new ConcurrentHashMap<>();

    volatile Set<Class<? extends DomainEvent>> wanted = Set.of(DomainEvent.class);

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return wanted;
    }

    @Override
    public Class<Count> type() {
        return Count.class;
    }

    @Override
    public List<String> ids(DomainEvent event) {
        return List.of(String.valueOf(event.enterpriseId()));
    }

    @Override
    public Count after(@Nullable Count state, String id, RecordedEvent event) {
        int attempt = attempts.merge(event.position(), 1, Integer::sum);
        if (poisonous.contains(event.position()) || attempt <= failures.getOrDefault(event.position(), 0)) {
            throw new IllegalStateException("poison");
        }
        List<Long> positions = new ArrayList<>(state == null ? List.of() : state.positions());
        positions.add(event.position());
        return new Count(positions);
    }

    @Override
    public Map<String, Object> keys(Count state) {
        return Map.of();
    }
}
