package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Eight rules on two instances of one real store: whoever presses "a" is answered by each rule's own press. */
class AutomationsTest {

    private static final int RULES = 8;

    private final StoreBed bed = new StoreBed();
    private final StoreBed elsewhere = new StoreBed(bed.address);
    private Automations here = automations(bed, "here");
    private final Automations there = automations(elsewhere, "there");

    @AfterEach
    void close() {
        here.stop();
        there.stop();
        elsewhere.close();
        bed.close();
    }

    /** A rule that answers a press by a person with a press in its own name. */
    private record Echo(String name) implements Automation {

        @Override
        public Set<Class<? extends DomainEvent>> on() {
            return Set.of(AlarmAcknowledged.class);
        }

        @Override
        public List<Command> then(RecordedEvent event) {
            AlarmAcknowledged pressed = (AlarmAcknowledged) event.event();
            return pressed.by().startsWith("Echo")
                    ? List.of()
                    : List.of(new PressButton(AlarmId.parse(pressed.alarmId()), name, 1_000, pressed.at()));
        }
    }

    private static Automations automations(StoreBed bed, String owner) {
        List<AutomationRunner> runners = IntStream.range(0, RULES)
                .mapToObj(rule -> new AutomationRunner(
                        new Echo("Echo" + rule), bed.commands, dates -> Mono.empty(), Clock.systemUTC()))
                .toList();
        return new Automations(
                runners,
                bed.recent,
                new R2dbcTokenStore(bed.database, owner, Duration.ofSeconds(2)),
                AppendGate.standingOpen());
    }

    private static void until(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(Duration.ofSeconds(30));
    }

    private void pressed(AlarmId button) {
        bed.commands
                .send(new PressButton(button, "a", 1_000, Clock.systemUTC().instant()), Actor.system("test"), null)
                .block(Duration.ofSeconds(20));
    }

    private boolean answeredByAll(AlarmId button) {
        Set<String> by = new HashSet<>();
        for (StoredEvent event : bed.rows
                .bearing("alarm=" + button, 0, 1_000)
                .collectList()
                .blockOptional(Duration.ofSeconds(20))
                .orElseThrow()) {
            AlarmAcknowledged one = (AlarmAcknowledged) event.recorded().event();
            assertThat(by.add(one.by())).as("%s pressed twice", one.by()).isTrue();
        }
        return by.size() == 1 + RULES;
    }

    @Test
    void given_two_instances_when_both_run_then_they_share_the_rules_and_each_event_has_one_answer_of_each() {
        here.start();
        there.start();
        until(() -> here.here().size() + there.here().size() == RULES);
        assertThat(here.here()).doesNotContainAnyElementsOf(there.here());

        AlarmId button = StoreBed.newButton();
        pressed(button);

        until(() -> answeredByAll(button));
    }

    @Test
    void given_one_instance_runs_all_when_it_stops_then_the_other_takes_over_where_it_was() {
        here.start();
        until(() -> here.here().size() == RULES);
        AlarmId before = StoreBed.newButton();
        pressed(before);
        until(() -> answeredByAll(before));

        here.stop();
        AlarmId after = StoreBed.newButton();
        pressed(after);
        there.start();

        until(() -> answeredByAll(after));
        assertThat(answeredByAll(before)).isTrue();
    }

    @Test
    void given_a_claim_is_taken_by_another_when_noticed_then_it_no_longer_runs_here() {
        here.start();
        until(() -> here.here().size() == RULES);

        EmbeddedStore.execute(
                bed.databaseName(), "update tokens set owner = 'somebody', claimed_at = now() + interval '1 h'");

        until(() -> here.here().isEmpty());
    }
}
