package io.forgewatch.command.audit;

import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.Page;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goes through what a subject is made of, event by event, and notes how it was at a moment, how it is in the end, and the last
 * changes up to the moment. Pure but for its own notes; used by one reader.
 */
final class Retelling {

    private final Subject subject;
    private final Predicate<RecordedEvent> past;
    private final long before;
    private final int most;
    private final List<Strand.Run<?>> runs;
    private final Deque<History.Change> changes = new ArrayDeque<>();

    @Nullable
    private RecordedEvent first;

    private boolean over;

    private History.@Nullable State then;

    private History.@Nullable State now;

    /**
     * @param past whether an event lies within the time asked for; asked in order until it does not
     * @param before only changes before this position are told
     * @param most changes a page
     */
    Retelling(Subject subject, List<Strand<?>> strands, Predicate<RecordedEvent> past, long before, int most) {
        this.subject = subject;
        this.past = past;
        this.before = before;
        this.most = most;
        this.runs = strands.stream().<Strand.Run<?>>map(Strand::begin).collect(Collectors.toList());
    }

    /** Takes the next event of those that the strands select. */
    Retelling after(RecordedEvent recorded) {
        boolean own = recorded.event().subject().equals(subject);
        if (own && first == null) {
            first = recorded;
        }
        ObjectNode known = now == null ? Lens.object() : now.state();
        ObjectNode seen = known;
        for (Strand.Run<?> run : runs) {
            seen = run.after(recorded.event(), seen, first != null);
        }
        List<FieldChange> fields = FieldChange.between(known, seen);
        over = over || !past.test(recorded);
        if (first != null && (own || !fields.isEmpty())) {
            now = new History.State(recorded.position(), recorded.at(), Redaction.of(seen));
            if (!over) {
                then = now;
                note(recorded, fields);
            }
        }
        return this;
    }

    private void note(RecordedEvent recorded, List<FieldChange> fields) {
        if (recorded.position() < before) {
            changes.addLast(new History.Change(
                    recorded.position(),
                    recorded.at(),
                    recorded.actor().wire(),
                    EventTypes.of(recorded.event()).name(),
                    fields));
            if (changes.size() > most + 1) {
                changes.removeFirst();
            }
        }
    }

    /** The first event that happened to the subject itself; null when there is none. */
    @Nullable
    RecordedEvent first() {
        return first;
    }

    /** Null when the subject did not exist at the moment. */
    @Nullable
    History history(String enterpriseId) {
        if (then == null || now == null) {
            return null;
        }
        List<History.Change> newest = new ArrayList<>(changes);
        Collections.reverse(newest);
        return new History(
                AuditItem.Named.of(subject),
                enterpriseId,
                then,
                now,
                FieldChange.between(then.state(), now.state()),
                Page.of(newest, most, change -> Cursor.of(Long.toString(change.position()))));
    }
}
