package io.forgewatch.query.patrol;

import io.forgewatch.query.projection.Shape;
import java.util.Map;

/** The document of a jurisdiction's counters. It has no fold of its own: it changes by what its enterprises' changed. */
final class TallyShape implements Shape<Tally> {

    @Override
    public Class<Tally> type() {
        return Tally.class;
    }

    @Override
    public Map<String, Object> keys(Tally state) {
        return Map.of();
    }
}
