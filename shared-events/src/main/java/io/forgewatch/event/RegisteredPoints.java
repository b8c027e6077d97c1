package io.forgewatch.event;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the points of a registered device came to what they are. */
final class RegisteredPoints {

    private RegisteredPoints() {}

    /**
     * Version 2 tells the range of a transmitter, the set value and whether people read a point. The spans of version 1 were
     * guessed from the limits: they are never read as a range.
     */
    static ObjectNode second(ObjectNode registered) {
        for (JsonNode each : registered.required("points")) {
            ObjectNode point = (ObjectNode) each;
            point.remove("spanLow");
            point.remove("spanHigh");
            point.putNull("range");
            point.putNull("set");
            point.put("manual", false);
        }
        return registered;
    }
}
