package io.forgewatch.command.schedule;

import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.schedule.DueDateRows.Due;
import io.forgewatch.event.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * After a standstill a works has hundreds of dates at which something only looks again. Those that differ in their moment only are
 * answered by one look, under the key of the latest: had that been sent before, it was when all of them had come. What tells people
 * goes before what looks.
 */
final class DueLooks {

    private static final String MOMENT = "at";

    private final DeciderNames names;

    DueLooks(DeciderNames names) {
        this.names = names;
    }

    /** Those that one command answers, the latest last. */
    List<List<Due>> joined(List<Due> page) {
        Map<String, List<Due>> joined = new LinkedHashMap<>();
        page.stream()
                .sorted(Comparator.comparing(this::isLook).thenComparing(Due::at))
                .forEach(due -> joined.computeIfAbsent(key(due), key -> new ArrayList<>())
                        .add(due));
        Collection<List<Due>> groups = joined.values();
        return List.copyOf(groups);
    }

    /** What an automation could not send keeps its own key, under which it may have been done. */
    private boolean isLook(Due due) {
        return due.origin() == null && names.isLook(due.commandName());
    }

    private String key(Due due) {
        String alone = "date " + due.key();
        if (!isLook(due)) {
            return alone;
        }
        try {
            return EventJson.MAPPER.readTree(due.command()) instanceof ObjectNode fields
                    ? "look " + due.commandName() + fields.put(MOMENT, Instant.EPOCH.toString())
                    : alone;
        } catch (JacksonException illegible) {
            return alone;
        }
    }
}
