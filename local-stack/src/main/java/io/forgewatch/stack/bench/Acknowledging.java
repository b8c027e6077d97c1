package io.forgewatch.stack.bench;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Sourcing;
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

        private static final Sourcing<Integer> SOURCING = Sourcing.from(0)
                .on(
                        AlarmEvent.class,
                        alarm -> new Subject(SubjectType.ALARM, alarm).tag(),
                        (times, _) -> times + 1);

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
        public Sourcing<Integer> sourcing() {
            return SOURCING;
        }

        @Override
        public Decision decide(Integer state, Acknowledging command) {
            return switch (command) {
                case Acknowledge(String alarm, Instant at) -> Decision.accepted(new AlarmAcknowledged(alarm, BY, at));
                case Look look -> Decision.nothing();
            };
        }
    }
}
