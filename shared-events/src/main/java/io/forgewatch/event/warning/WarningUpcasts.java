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
            new Upcaster("WarningIssued", 1, issued -> demanding(issued, 1)),
            new Upcaster(
                    "WarningSegmentAdded",
                    1,
                    added -> demanding(added, Demand.UNNUMBERED).putNull("demandsAt")),
            new Upcaster("FeedbackSubmitted", 1, submitted -> submitted.put("demand", Demand.UNNUMBERED)));

    private WarningUpcasts() {}

    private static ObjectNode demanding(ObjectNode segment, int number) {
        int alarms = segment.required("alarms").size();
        segment.put("alarmCount", alarms);
        segment.put("openCount", alarms);
        ObjectNode demand = segment.putObject("demand");
        demand.put("number", number);
        demand.set("level", segment.required("level"));
        demand.set("deadlines", segment.remove("deadlines"));
        segment.set("gathersUntil", segment.required("at"));
        return segment;
    }
}
