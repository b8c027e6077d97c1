package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.Press.Presses;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ReadAheadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Actor ALICE = Actor.account("alice");

    private final StoreBed bed = new StoreBed();
    private final AlarmId one = StoreBed.newButton();
    private final AlarmId other = StoreBed.newButton();
    private final EntityCache cache = EntityCache.ofUsual(100);

    @AfterEach
    void close() {
        bed.close();
    }

    /** Whoever presses a button makes the other one be pressed. */
    private record Pressing(AlarmId next) implements Automation {

        @Override
        public String name() {
            return "WhenPressedThenPress";
        }

        @Override
        public Set<Class<? extends DomainEvent>> on() {
            return Set.of(AlarmAcknowledged.class);
        }

        @Override
        public List<Command> then(RecordedEvent event) {
            return List.of(new PressButton(next, "rule", 10, Instant.EPOCH));
        }
    }

    private record Broken() implements Automation {

        @Override
        public String name() {
            return "WhenPressedThenFail";
        }

        @Override
        public Set<Class<? extends DomainEvent>> on() {
            return Set.of(AlarmAcknowledged.class);
        }

        @Override
        public List<Command> then(RecordedEvent event) {
            throw new IllegalStateException("broken");
        }
    }

    private AxonCommands commands(Automation... rules) {
        Snapshots snapshots = new Snapshots(bed.database, Integer.MAX_VALUE);
        return new AxonCommands(
                EventStoreConfiguration.Wiring.bus(
                        List.of(new Press.Button()),
                        EventStoreConfiguration.Wiring.store(bed.engine),
                        bed.recent,
                        cache,
                        snapshots,
                        new ReadAhead(List.of(rules), bed.names, bed.rows, snapshots, cache),
                        Clock.systemUTC()),
                bed.commits,
                new IdempotencyKeys(bed.database),
                bed.names);
    }

    private static Commands.Answer press(Commands commands, AlarmId button, String by) {
        return commands.send(new PressButton(button, by, 10, Instant.EPOCH), ALICE, null)
                .block(PATIENCE);
    }

    @Test
    void given_a_rule_when_its_event_is_appended_then_what_its_command_is_decided_on_is_read() {
        press(bed.commands, other, "a");
        press(bed.commands, other, "b");

        press(commands(new Broken(), new Pressing(other)), one, "alice");

        await().atMost(PATIENCE).until(() -> cache.get("button/" + other) != null);
        assertThat(cache.get("button/" + other).state()).isEqualTo(new Presses(List.of("a", "b")));
    }

    @Test
    void given_a_state_read_ahead_when_others_have_appended_since_then_the_decision_rests_on_all_of_it() {
        AxonCommands commands = commands(new Pressing(other));
        press(commands, one, "alice");
        await().atMost(PATIENCE).until(() -> cache.get("button/" + other) != null);
        press(bed.commands, other, "a");

        Commands.Answer answer = press(commands, other, "b");

        assertThat(answer.body()).containsEntry("presses", 2);
    }

    @Test
    void given_no_rule_for_an_event_when_it_is_appended_then_nothing_is_read() {
        press(commands(), one, "alice");
        press(commands(), one, "bob");

        assertThat(cache.get("button/" + one)).isNotNull();
        assertThat(cache.get("button/" + other)).isNull();
    }
}
