package io.forgewatch.query.projection;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents that were found to differ from their events, until they are found to agree or their generation is gone. */
final class Drifts {

    private static final Logger LOG = LoggerFactory.getLogger(Drifts.class);
    private static final int MOST = 200;

    private record Place(Generation generation, String kind, String id) {}

    private final Map<Place, Drift> found = new ConcurrentHashMap<>();

    /** Takes in what the comparison of one document came to. */
    void judged(Sample sample, List<String> fields) {
        Place place = new Place(sample.generation(), sample.kind(), sample.id());
        if (fields.isEmpty()) {
            if (found.remove(place) != null) {
                LOG.info("{} of {} agrees with its events again", sample.id(), sample.kind());
            }
            return;
        }
        Drift drift = new Drift(
                sample.generation().collection(sample.kind()), sample.id(), sample.until(), fields, Instant.now());
        if (found.size() < MOST && found.putIfAbsent(place, drift) == null) {
            LOG.error(
                    "Drift: {} in {} is not what its events up to {} make of it: {}",
                    drift.id(),
                    drift.collection(),
                    drift.position(),
                    fields);
        }
    }

    List<Drift> of(Generation generation) {
        return found.entrySet().stream()
                .filter(one -> one.getKey().generation.equals(generation))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(Drift::id))
                .toList();
    }

    /** The ids that are to be looked at again. */
    List<String> ids(Generation generation, String kind) {
        return found.keySet().stream()
                .filter(one -> one.generation.equals(generation) && one.kind.equals(kind))
                .map(Place::id)
                .toList();
    }

    void forgetAllBut(List<Generation> serving) {
        found.keySet().removeIf(one -> !serving.contains(one.generation));
    }
}
