package io.forgewatch.stack.bench;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import java.time.Instant;

/** The smallest decision on a real event: what is measured is the store, not the rules. */
sealed interface Acknowledging extends Command {

    String alarm();

    /** Appends one event. */
    @CommandName("Acknowledge")
    record Acknowledge(String alarm, Instant at) implements Acknowledging {}

    /** Sources and decides, and appends nothing. */
    @CommandName("Look")
    record Look(String alarm, Instant at) implements Acknowledging {}

    /** Its state is how often an alarm was acknowledged. */
    final class Tally implements Decider<Integer, Acknowledging> {

        static final String BY = "account/zhang.wei";

        @Override
        public String name() {
            return "tally";
        }

        @Override
        public Class<Acknowledging> commands() {
            return Acknowledging.class;
        }

        @Override
        public String key(Acknowledging command) {
            return command.alarm();
        }

        @Override
        public Selection selection(String key) {
            return Selection.tagged(new Subject(SubjectType.ALARM, key).tag(), AlarmEvent.class);
        }

        @Override
        public Integer initial(String key) {
            return 0;
        }

        @Override
        public Decision decide(Integer state, Acknowledging command) {
            return switch (command) {
                case Acknowledge(String alarm, Instant at) -> Decision.accepted(new AlarmAcknowledged(alarm, BY, at));
                case Look look -> Decision.nothing();
            };
        }

        @Override
        public Integer evolve(Integer state, DomainEvent event) {
            return state + 1;
        }
    }
}
