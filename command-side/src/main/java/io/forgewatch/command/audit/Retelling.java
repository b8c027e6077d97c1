package io.forgewatch.command.audit;

import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goes through what a subject is made of, event by event, from a mark on, and notes how it is and the last changes that led to that.
 * Pure but for its own notes; used by one reader.
 */
final class Retelling {

    private final Subject subject;
    private final int most;
    private final List<Strand.Run<?>> runs;
    private final Deque<History.Change> changes = new ArrayDeque<>();

    @Nullable
    private RecordedEvent first;

    private History.@Nullable State now;

    private long position;
    private Instant latest;

    /** @param most changes that are noted, the last ones */
    Retelling(Subject subject, Mark mark, int most) {
        this.subject = subject;
        this.most = most;
        this.runs = new ArrayList<>();
        mark.runs().forEach(run -> runs.add(run.copy()));
        this.first = mark.first();
        this.now = mark.now();
        this.position = mark.position();
        this.latest = mark.latest();
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
        if (first != null && (own || !fields.isEmpty())) {
            now = new History.State(recorded.position(), recorded.at(), Redaction.of(seen));
            note(recorded, fields);
        }
        position = recorded.position();
        latest = recorded.at().isAfter(latest) ? recorded.at() : latest;
        return this;
    }

    private void note(RecordedEvent recorded, List<FieldChange> fields) {
        changes.addLast(new History.Change(
                recorded.position(),
                recorded.at(),
                recorded.actor().wire(),
                EventTypes.of(recorded.event()).name(),
                fields));
        if (changes.size() > most) {
            changes.removeFirst();
        }
    }

    /** The place to which it has come. */
    Mark mark() {
        return new Mark(
                position,
                latest,
                runs.stream().<Strand.Run<?>>map(Strand.Run::copy).toList(),
                first,
                now);
    }

    /** The first event that happened to the subject itself; null when there is none. */
    @Nullable
    RecordedEvent first() {
        return first;
    }

    /** What the subject is like; null where it is not yet. */
    History.@Nullable State now() {
        return now;
    }

    /** The last changes since it began, newest first. */
    List<History.Change> changes() {
        List<History.Change> newest = new ArrayList<>(changes);
        Collections.reverse(newest);
        return newest;
    }
}
