package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Eight rules on two instances of one real store: whoever presses "a" is answered by each rule's own press. */
class AutomationsTest {

    private static final int RULES = 8;

    private final StoreBed bed = new StoreBed();
    private final StoreBed elsewhere = new StoreBed(bed.address);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Queue<DueDate> dueDates = new ConcurrentLinkedQueue<>();
    private final Automations here = automations(bed, "here", broken, meters);
    private final Automations there = automations(elsewhere, "there", Set.of(), new SimpleMeterRegistry());

    @AfterEach
    void close() {
        here.stop();
        there.stop();
        elsewhere.close();
        bed.close();
    }

    /**
     * A rule that answers a press by a person with a press in its own name.
     *
     * @param broken the names of those that fail on any press
     */
    private record Echo(String name, Set<String> broken) implements Automation {

        @Override
        public Set<Class<? extends DomainEvent>> on() {
            return Set.of(AlarmAcknowledged.class);
        }

        @Override
        public List<Command> then(RecordedEvent event) {
            AlarmAcknowledged pressed = (AlarmAcknowledged) event.event();
            if (broken.contains(name)) {
                throw new IllegalStateException("spilt coffee");
            }
            return pressed.by().startsWith("Echo")
                    ? List.of()
                    : List.of(new PressButton(AlarmId.parse(pressed.alarmId()), name, 1_000, pressed.at()));
        }
    }

    /** Answers a press, and enters a due date for those of one button. */
    private record EchoAndWatch(AlarmId watched) implements Automation {

        @Override
        public Set<Class<? extends DomainEvent>> on() {
            return Set.of(AlarmAcknowledged.class);
        }

        @Override
        public List<Command> then(RecordedEvent event) {
            return new Echo("Echo", Set.of()).then(event);
        }

        @Override
        public List<DueDate> due(RecordedEvent event) {
            AlarmAcknowledged pressed = (AlarmAcknowledged) event.event();
            return pressed.alarmId().equals(watched.toString())
                    ? List.of(new DueDate("watched", pressed.at(), new PressButton(watched, "b", 1_000, pressed.at())))
                    : List.of();
        }
    }

    private Automations automations(StoreBed bed, String owner, Set<String> broken, MeterRegistry meters) {
        return automations(bed, owner, RULES, broken, meters);
    }

    private Automations automations(StoreBed bed, String owner, int rules, Set<String> broken, MeterRegistry meters) {
        List<AutomationRunner> runners = IntStream.range(0, rules)
                .mapToObj(rule -> new AutomationRunner(
                        new Echo("Echo" + rule, broken), bed.commands, this::enter, Clock.systemUTC()))
                .toList();
        return new Automations(
                runners,
                bed.recent,
                new R2dbcTokenStore(bed.database, owner, Duration.ofMinutes(1)),
                AppendGate.standingOpen(),
                meters);
    }

    private Mono<Void> enter(List<DueDate> dates) {
        return Mono.fromRunnable(() -> dueDates.addAll(dates));
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

    @Test
    void given_a_rule_that_fails_on_an_event_when_it_is_mended_then_it_was_seen_and_nothing_is_missing() {
        here.start();
        until(() -> here.here().size() == RULES);
        broken.add("Echo3");
        AlarmId first = StoreBed.newButton();
        AlarmId second = StoreBed.newButton();
        pressed(first);
        pressed(second);

        until(() -> health(here).getStatus().equals(Status.DOWN));
        AutomationReport stuck = report(here, "Echo3");
        assertThat(stuck.position()).isZero();
        assertThat(stuck.lag()).isGreaterThanOrEqualTo(2);
        assertThat(details(here, "Echo3"))
                .containsEntry("position", 0L)
                .hasEntrySatisfying("stopped", why -> assertThat((String) why).contains("position 1:", "spilt coffee"))
                .hasEntrySatisfying(
                        "attempts", attempts -> assertThat((int) attempts).isGreaterThanOrEqualTo(Standstill.LASTING));
        assertThat(gauge("position")).isZero();
        assertThat(gauge("lag")).isGreaterThanOrEqualTo(2);
        assertThat(gauge("attempts")).isGreaterThanOrEqualTo(Standstill.LASTING);
        assertThat(report(here, "Echo4").standstill()).isNull();

        broken.clear();
        until(() -> answeredByAll(first) && answeredByAll(second));
        until(() -> health(here).getStatus().equals(Status.UP));
        until(() -> report(here, "Echo3").lag() == 0);
        assertThat(gauge("attempts")).isZero();
        assertThat(details(here, "Echo3")).doesNotContainKeys("stopped", "attempts");
    }

    @Test
    void given_a_rule_that_fails_on_one_instance_when_another_is_there_then_it_goes_on_there_and_is_up_on_both() {
        broken.add("Echo3");
        here.start();
        until(() -> here.here().size() == RULES);
        AlarmId button = StoreBed.newButton();
        pressed(button);
        until(() -> health(here).getStatus().equals(Status.DOWN));

        there.start();

        until(() -> answeredByAll(button));
        assertThat(there.here()).contains("Echo3");
        until(() -> health(here).getStatus().equals(Status.UP));
        until(() -> report(here, "Echo3").position() > 0);
        assertThat(report(here, "Echo3").here()).isFalse();
        assertThat(here.here()).contains("Echo4");
    }

    @Test
    void given_a_rule_that_fails_on_one_event_when_run_then_what_is_before_it_is_done_and_nothing_after_it() {
        AlarmId before = AlarmId.parse("GT3702110002" + "010001.BF_CW_P.LOW.1732440000000");
        AlarmId poison = StoreBed.newButton();
        AlarmId after = StoreBed.newButton();
        pressed(before);
        pressed(poison);
        pressed(after);
        List<StoredEvent> events = bed.recent.follow(0).take(3).collectList().block(Duration.ofSeconds(20));
        Sinks.Empty<Void> failing = Sinks.empty();
        Flux<StoredEvent> allThereBeforeItFails = Flux.fromIterable(events)
                .concatWith(Mono.fromRunnable(() -> failing.tryEmitError(new IllegalStateException("spilt tea"))))
                .concatWith(Mono.never());
        AutomationRunner runner = new AutomationRunner(
                new EchoAndWatch(poison), bed.commands, dates -> failing.asMono(), Clock.systemUTC());

        List<Signal<Long>> told =
                runner.run(allThereBeforeItFails, 0).materialize().collectList().block(Duration.ofSeconds(30));

        assertThat(told).hasSize(2);
        assertThat(told.getFirst().get()).isEqualTo(1);
        assertThat(told.getLast().getThrowable())
                .isInstanceOf(HaltedException.class)
                .hasMessageContaining("position 2:");
        assertThat(presses(before)).isEqualTo(2);
        assertThat(presses(after)).isEqualTo(1);
    }

    @Test
    void given_an_event_of_newer_code_when_it_is_come_to_then_what_is_before_it_is_done_and_nothing_after_it() {
        AlarmId before = StoreBed.newButton();
        AlarmId newer = StoreBed.newButton();
        AlarmId after = StoreBed.newButton();
        pressed(before);
        pressed(newer);
        pressed(after);
        EmbeddedStore.execute(bed.databaseName(), "update events set version = '99' where position = 2");
        try (StoreBed restarted = new StoreBed(bed.address)) {
            Automations old = automations(restarted, "old", Set.of(), new SimpleMeterRegistry());
            old.start();

            until(() -> old.reports().stream().allMatch(AutomationReport::standsStill));
            assertThat(old.reports()).allSatisfy(report -> {
                assertThat(report.position()).isEqualTo(1);
                assertThat(report.standstill().why()).contains("position 2:", "99");
            });
            assertThat(answeredByAll(before)).isTrue();
            assertThat(presses(after)).isEqualTo(1);

            EmbeddedStore.execute(bed.databaseName(), "update events set version = '1' where position = 2");
            until(() -> answeredByAll(newer) && answeredByAll(after));
            assertThat(answeredByAll(before)).isTrue();
            old.stop();
        }
    }

    @Test
    void given_a_command_that_finds_no_answer_when_tried_often_then_it_is_entered_as_the_same_command_for_later() {
        AlarmId button = StoreBed.newButton();
        pressed(button);
        bed.contended(button);

        Automations one = automations(bed, "one", 1, Set.of(), meters);
        one.start();

        until(() -> !dueDates.isEmpty());
        StoredEvent cause = bed.rows.bearing("alarm=" + button, 0, 10).blockFirst(Duration.ofSeconds(20));
        String key = AutomationRunner.commandId("Echo0", cause.id(), 0);
        assertThat(dueDates).singleElement().satisfies(date -> {
            assertThat(date.key()).isEqualTo("Echo0/" + key);
            assertThat(date.origin()).isEqualTo(new DueDate.Origin(Actor.automation("Echo0"), key, cause.id()));
        });
        until(() -> report(one, "Echo0").position() == 1);
        one.stop();
    }

    private long presses(AlarmId button) {
        return bed.rows.bearing("alarm=" + button, 0, 1_000).count().block(Duration.ofSeconds(20));
    }

    private static Health health(Automations automations) {
        return new AutomationHealth(automations).health().block();
    }

    @SuppressWarnings("unchecked") // so it is told
    private static Map<String, Object> details(Automations automations, String name) {
        return (Map<String, Object>) health(automations).getDetails().get(name);
    }

    private static AutomationReport report(Automations automations, String name) {
        return automations.reports().stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double gauge(String what) {
        return meters.get("forgewatch.automation." + what)
                .tag("automation", "Echo3")
                .gauge()
                .value();
    }
}
