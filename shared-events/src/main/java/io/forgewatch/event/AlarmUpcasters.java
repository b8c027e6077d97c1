package io.forgewatch.event;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Alarms were of points beyond a limit first, always found while they were so, and always with a value. */
final class AlarmUpcasters {

    static final List<Upcaster> ALL = List.of(
            new Upcaster("AlarmRaised", 1, AlarmUpcasters::ofAPoint),
            // From version 2 on the value may be null.
            new Upcaster("AlarmReturned", 1, payload -> payload),
            new Upcaster("AlarmBreachedAgain", 1, payload -> payload));

    private AlarmUpcasters() {}

    private static ObjectNode ofAPoint(ObjectNode payload) {
        payload.put("late", false);
        payload.putNull("fault");
        payload.putNull("gateway");
        payload.putArray("points");
        return payload.put("pointCount", 0);
    }
}
