package io.forgewatch.query.telemetry;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far frames were taken.
 *
 * @param ranks {@link Rank} of the last frame taken, by partition
 */
record IntakeState(Map<Integer, Long> ranks) {

    static final IntakeState NONE = new IntakeState(Map.of());

    IntakeState {
        ranks = Map.copyOf(ranks);
    }

    /** The last offsets taken, by partition. */
    Map<Integer, Long> offsets() {
        return ranks.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, taken -> Rank.offset(taken.getValue())));
    }
}
