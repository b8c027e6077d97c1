package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A button in place of a capability: it counts its presses, and nobody presses it twice in a row to any effect. */
public sealed interface Press extends Command {

    AlarmId button();

    @CommandName("PressButton")
    record PressButton(AlarmId button, String by, int atMost, Instant at) implements Press {}

    /** What it is like. */
    record Presses(List<String> by) {}

    /** Decides on presses. */
    final class Button implements Decider<Presses, Press> {

        private static final Sourcing<Presses> SOURCING = Sourcing.from(new Presses(List.of()))
                .on(AlarmEvent.class, alarm -> new Subject(SubjectType.ALARM, alarm).tag(), Button::pressed);

        @Override
        public String name() {
            return "button";
        }

        @Override
        public Class<Press> commands() {
            return Press.class;
        }

        @Override
        public String key(Press command) {
            return command.button().toString();
        }

        @Override
        public Sourcing<Presses> sourcing() {
            return SOURCING;
        }

        @Override
        public Decision decide(Presses state, Press command) {
            PressButton press = (PressButton) command;
            if (!state.by().isEmpty() && state.by().getLast().equals(press.by())) {
                return Decision.nothing();
            }
            if (state.by().size() >= press.atMost()) {
                return Decision.refused(Refusal.Kind.CONFLICT, "worn-out", "已损坏", "It is worn out.");
            }
            return Decision.answering(
                    Map.of("presses", state.by().size() + 1),
                    new AlarmAcknowledged(press.button().toString(), press.by(), press.at()));
        }

        private static Presses pressed(Presses state, AlarmEvent event) {
            return event instanceof AlarmAcknowledged pressed
                    ? new Presses(java.util.stream.Stream.concat(
                                    state.by().stream(), java.util.stream.Stream.of(pressed.by()))
                            .toList())
                    : state;
        }
    }
}
