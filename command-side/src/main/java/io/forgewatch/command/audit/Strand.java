package io.forgewatch.command.audit;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * One decider's part in the history of a subject: the same {@code evolve} that decided, on the same events.
 *
 * @param key which of the decider's entities
 * @param lens what of its state is about the subject
 */
record Strand<S>(Decider<S, ?> decider, String key, Lens lens) {

    Selection selection() {
        return decider.selection(key);
    }

    Run<S> begin() {
        return new Run<>(this, decider.initial(key));
    }

    /** A strand after some of its events. */
    static final class Run<S> {

        private final Strand<S> strand;
        private final Selection selection;
        private S state;

        private Run(Strand<S> strand, S initial) {
            this.strand = strand;
            this.selection = strand.selection();
            this.state = initial;
        }

        /** Another one that has come as far. */
        Run<S> copy() {
            return new Run<>(strand, state);
        }

        /** What the decider knows. */
        S state() {
            return state;
        }

        /**
         * @param begun whether the subject is there: before that nobody asks what is seen of it
         * @return what is seen of the subject after the event
         */
        ObjectNode after(DomainEvent event, ObjectNode seen, boolean begun) {
            if (!selection.selects(event)) {
                return seen;
            }
            state = strand.decider().evolve(state, event);
            if (!begun) {
                return seen;
            }
            return EventJson.MAPPER.valueToTree(state) instanceof ObjectNode fields
                    ? strand.lens().see(seen, fields)
                    : seen;
        }
    }
}
