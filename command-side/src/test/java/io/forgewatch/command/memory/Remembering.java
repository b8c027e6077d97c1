package io.forgewatch.command.memory;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.event.RecordedEvent;
import java.util.List;
import java.util.Map;

/**
 * What a test must know of something that is kept in memory of events: how an instance begins it, and what it must say by a fold of
 * all events that has nothing to do with its own. Beside what it is of; {@link EveryMemoryInterleavedTest} finds it by itself.
 */
public interface Remembering {

    /** What keeps it, in the application. */
    Class<?> keeper();

    /** Of another instance, which begins now. */
    Memory begun(EventFeed feed, SelectedEvents selected, UnendedEvents unended);

    /** What it must say after these events. */
    Map<String, String> folded(List<RecordedEvent> events);

    /** As one instance has it. */
    interface Memory extends AutoCloseable {

        long position();

        /** @param events all so far: whatever is told of in them can be asked for */
        Map<String, String> says(List<RecordedEvent> events);

        @Override
        void close();
    }
}
