package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Refusal;
import java.util.Map;

/** What an attempt to handle a command came to, before any event is appended. */
sealed interface Handling {

    /** Events go into the store; {@link #position} is known when the unit of work is complete. */
    final class Appending implements Handling {

        private final Map<String, Object> answer;
        private volatile long position;

        Appending(Map<String, Object> answer) {
            this.answer = answer;
        }

        Map<String, Object> answer() {
            return answer;
        }

        long position() {
            return position;
        }

        void appendedAt(long last) {
            position = last;
        }
    }

    /** @param fresh whether it was decided on what the store says, or on a state that was kept */
    record Nothing(Map<String, Object> answer, long position, boolean fresh) implements Handling {}

    /** @param fresh whether it was decided on what the store says, or on a state that was kept */
    record Refused(Refusal refusal, boolean fresh) implements Handling {}

    /** The append found a conflict or a known key, or something broke. */
    record Failed(Throwable failure) implements Handling {}
}
