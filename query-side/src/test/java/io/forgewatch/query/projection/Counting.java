package io.forgewatch.query.projection;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which events an enterprise had; some of them may be poison. */
final class Counting implements Fold<Counting.Count> {

    record Count(List<Long> positions) {}

    final Set<Long> poisonous = ConcurrentHashMap.newKeySet();

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
        if (poisonous.contains(event.position())) {
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
