package io.forgewatch.command.audit;

import io.forgewatch.event.RecordedEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a subject's story from which its telling goes on as if it had begun at the beginning.
 *
 * @param position of the last event before it; 0 at the beginning
 * @param latest when the latest of the events before it was recorded
 * @param runs as far as they had come; only copies of them go on
 * @param first the first event that happened to the subject itself, or null when none had yet
 * @param now what the subject was like there, or null when it was not
 */
record Mark(
        long position,
        Instant latest,
        List<Strand.Run<?>> runs,
        @Nullable RecordedEvent first,
        History.@Nullable State now) {

    /** Of what states are about as large as what is seen of them. */
    private static final int PER_CHARACTER = 4;

    private static final int LEAST = 1_024;

    Mark {
        runs = List.copyOf(runs);
    }

    static Mark beginning(List<Strand<?>> strands) {
        return new Mark(
                0,
                Instant.MIN,
                strands.stream().<Strand.Run<?>>map(Strand::begin).toList(),
                null,
                null);
    }

    /** About how many bytes it keeps. */
    int bytes() {
        return LEAST + (now == null ? 0 : PER_CHARACTER * now.state().toString().length());
    }
}
