package io.forgewatch.event.warning;

import io.forgewatch.event.Upcaster;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * From the events of warnings and answers as they were before segments said what they demand. A segment then named all open alarms;
 * what it demanded follows only from those before it, so that is said by whoever folds them ({@link WarningProgress}).
 */
public final class WarningUpcasts {

    public static final List<Upcaster> STEPS = List.of(
            new Upcaster("WarningIssued", 1, WarningUpcasts::demanding),
            new Upcaster("WarningSegmentAdded", 1, added -> demanding(added).putNull("demandsAt")),
            new Upcaster("WarningEscalated", 1, escalated -> escalated.put("demand", Demand.UNNUMBERED)),
            new Upcaster("FeedbackSubmitted", 1, submitted -> submitted.put("demand", Demand.UNNUMBERED)));

    private WarningUpcasts() {}

    /** Without a number the dates that were entered for it keep their keys. */
    private static ObjectNode demanding(ObjectNode segment) {
        int alarms = segment.required("alarms").size();
        segment.put("alarmCount", alarms);
        segment.put("openCount", alarms);
        ObjectNode demand = segment.putObject("demand");
        demand.put("number", Demand.UNNUMBERED);
        demand.set("level", segment.required("level"));
        demand.set("deadlines", segment.remove("deadlines"));
        segment.set("gathersUntil", segment.required("at"));
        return segment;
    }
}
