package io.forgewatch.command.audit;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.alarm.AlarmId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a decider's state is about one subject. A decider often decides on more than that (all alarms of a point, all warnings
 * of an enterprise), and forgets what is over: then the last that was seen stays.
 */
@FunctionalInterface
interface Lens {

    /** From near to far. */
    List<String> TIERS = List.of("COUNTY", "CITY", "PROVINCE", "MINISTRY");

    /** @return the fields of the subject; {@code before} where the state says nothing of it */
    ObjectNode see(ObjectNode before, ObjectNode state);

    /** All of the state; the fields of what was registered stand beside the others. */
    static ObjectNode whole(ObjectNode before, ObjectNode state) {
        ObjectNode seen = object();
        state.properties().forEach(field -> {
            if (field.getKey().equals("registered")) {
                field.getValue().properties().forEach(inner -> seen.set(inner.getKey(), inner.getValue()));
            } else {
                seen.set(field.getKey(), field.getValue());
            }
        });
        return seen;
    }

    /** The alarm while it is open, and how it was cleared; of one that was over when it was found late, that it was. */
    static Lens alarm(String alarmId) {
        AlarmId alarm = AlarmId.FORM.parse(alarmId);
        JsonNode id = EventJson.MAPPER.valueToTree(alarm);
        return (before, state) -> {
            if (state.path("open").path("id").equals(id)) {
                return without(state.path("open"), "id").put("open", true);
            }
            if (state.path("cleared").path("id").equals(id)) {
                ObjectNode cleared = before.deepCopy();
                cleared.setAll(without(state.path("cleared"), "id"));
                return cleared.put("open", false);
            }
            return before.isEmpty() && knows(state, alarm.onset())
                    ? object().put("open", false).put("late", true)
                    : before;
        };
    }

    private static boolean knows(ObjectNode alarms, long onset) {
        return StreamSupport.stream(alarms.path("known").spliterator(), false)
                .anyMatch(known -> known.asLong(-1) == onset);
    }

    /**
     * The warning while it is the enterprise's open one: how far it rose, and what waits to make a demand. How it stands is told by
     * its answers, also when it is no longer open.
     */
    static Lens openWarning(String warningId) {
        return (before, state) -> state.path("open").path("id").asString("").equals(warningId)
                ? reached(with(before, state.path("open"), "told", "waiting", "demandsAt"))
                : before;
    }

    /** The farthest tier that heard of anything missed. */
    private static ObjectNode reached(ObjectNode warning) {
        StreamSupport.stream(warning.path("told").spliterator(), false)
                .map(told -> told.path("to").asString())
                .max(Comparator.comparingInt(TIERS::indexOf))
                .ifPresent(tier -> warning.put("reached", tier));
        return warning;
    }

    /** How a warning stands, what its newest demand asks for, and what became of each answer. */
    static ObjectNode answers(ObjectNode before, ObjectNode state) {
        if (!(state.path("progress") instanceof ObjectNode progress)) {
            return before;
        }
        JsonNode demand = progress.path("demand");
        ObjectNode seen = with(with(before, progress, "status", "level"), demand, "deadlines", "verified");
        seen.set("demand", demand.path("number"));
        seen.set("demandLevel", demand.path("level"));
        seen.set("answers", state.path("answers"));
        return seen;
    }

    private static ObjectNode with(ObjectNode before, JsonNode state, String... fields) {
        ObjectNode seen = before.deepCopy();
        for (String field : fields) {
            seen.set(field, state.path(field));
        }
        return seen;
    }

    private static ObjectNode without(JsonNode node, String... fields) {
        ObjectNode copy = node instanceof ObjectNode known ? known.deepCopy() : object();
        for (String field : fields) {
            copy.remove(field);
        }
        return copy;
    }

    static ObjectNode object() {
        return EventJson.MAPPER.createObjectNode();
    }
}
