package io.forgewatch.command.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.bulkhead.Bulkhead;
import io.forgewatch.command.bulkhead.Limits;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.DueDates;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.R2dbcTokenStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.eventstore.StoreBlame;
import io.forgewatch.command.eventstore.StoredEvent;
import io.forgewatch.command.parking.Build;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    private static final String KEY = "within=GT3702110001";
    private static final String WATCHING = "EchoAndWatch";
    private static final AtomicLong ONSETS = new AtomicLong(1_732_440_000_000L);

    private final StoreBed bed = new StoreBed();
    private final StoreBed elsewhere = new StoreBed(bed.address());
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
     * @param broken the names of those that fail on any press in the enterprise of {@link StoreBed#newButton}
     */
    private record Echo(String name, Set<String> broken) implements Automation {

        @Override
        public Set<Class<? extends DomainEvent>> on() {
            return Set.of(AlarmAcknowledged.class);
        }

        @Override
        public List<Command> then(RecordedEvent event) {
            AlarmAcknowledged pressed = (AlarmAcknowledged) event.event();
            if (broken.contains(name) && KEY.endsWith(String.valueOf(pressed.enterpriseId()))) {
                throw new IllegalStateException("spilt coffee");
            }
            return pressed.by().startsWith("Echo")
                    ? List.of()
                    : List.of(new PressButton(AlarmId.FORM.parse(pressed.alarmId()), name, 1_000, pressed.at()));
        }
    }

    /** Answers a press, and enters a due date for those of one button. */
    private record EchoAndWatch(AlarmId watched) implements Automation {

        @Override
        public String name() {
            return WATCHING;
        }

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

    /** A rule like another one that fails on some presses, and that as badly as code can. */
    private record Spilling(String name, Automation rule, Predicate<AlarmAcknowledged> spilt) implements Automation {

        @Override
        public Set<Class<? extends DomainEvent>> on() {
            return rule.on();
        }

        @Override
        public List<DueDate> due(RecordedEvent event) {
            return rule.due(event);
        }

        @Override
        public List<Command> then(RecordedEvent event) {
            if (spilt.test((AlarmAcknowledged) event.event())) {
                throw new StackOverflowError("spilt everything");
            }
            return rule.then(event);
        }
    }

    private Automations automations(StoreBed bed, String owner, Set<String> broken, MeterRegistry meters) {
        return automations(bed, owner, RULES, broken, meters);
    }

    private Automations automations(StoreBed bed, String owner, int rules, Set<String> broken, MeterRegistry meters) {
        List<AutomationRunner> runners = IntStream.range(0, rules)
                .mapToObj(rule -> runner(bed, owner, new Echo("Echo" + rule, broken), this::enter))
                .toList();
        return automations(bed, owner, runners, meters);
    }

    private static AutomationRunner runner(StoreBed bed, String owner, Automation rule, DueDates dates) {
        return runner(bed, owner, rule, dates, bed.commands(), Means.liveTurns());
    }

    /** Each instance is of a build of its own: what another has parked is tried at once. */
    private static AutomationRunner runner(
            StoreBed bed, String owner, Automation rule, DueDates dates, Commands commands, Bulkhead turns) {
        return new AutomationRunner(
                rule,
                new Means(
                        commands,
                        bed.names(),
                        dates,
                        bed.rows(),
                        new ParkedRows(bed.database(), owner, new Build(owner)),
                        turns,
                        Means.turnsAside(),
                        new Tries(
                                new StoreBlame(bed.rows(), AppendGate.standingOpen(), bed.database()),
                                Schedulers.parallel()),
                        Clock.systemUTC()));
    }

    private static Automations automations(
            StoreBed bed, String owner, List<AutomationRunner> runners, MeterRegistry meters) {
        return new Automations(
                runners,
                bed.recent(),
                new R2dbcTokenStore(bed.database(), owner, Duration.ofMinutes(1)),
                new ParkedRows(bed.database(), owner, new Build(owner)),
                AppendGate.standingOpen(),
                meters);
    }

    private static AlarmId buttonOfOthers() {
        return AlarmId.FORM.parse("GT3702110002" + "010001.BF_CW_P.LOW." + ONSETS.incrementAndGet());
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
        bed.commands()
                .send(new PressButton(button, "a", 1_000, Clock.systemUTC().instant()), Actor.system("test"), null)
                .block(Duration.ofSeconds(20));
    }

    private boolean answeredByAll(AlarmId button) {
        Set<String> by = new HashSet<>();
        for (StoredEvent event : bed.rows()
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
    void given_a_cause_of_twenty_minutes_ago_when_it_is_answered_then_the_answer_is_of_now() {
        Instant before = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        here.start();
        AlarmId button = StoreBed.newButton();
        bed.commands()
                .send(new PressButton(button, "a", 1_000, before.minusSeconds(1_200)), Actor.system("test"), null)
                .block(Duration.ofSeconds(20));

        until(() -> answeredByAll(button));
        assertThat(bed.rows()
                        .bearing("alarm=" + button, 0, 1_000)
                        .map(event -> (AlarmAcknowledged) event.recorded().event())
                        .filter(press -> !press.by().equals("a"))
                        .collectList()
                        .block(Duration.ofSeconds(20)))
                .hasSize(RULES)
                .allSatisfy(press -> assertThat(press.at()).isAfterOrEqualTo(before));
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
    void given_a_rule_that_fails_on_an_event_when_others_press_then_they_are_answered_and_it_is_seen() {
        here.start();
        until(() -> here.here().size() == RULES);
        broken.add("Echo3");
        AlarmId first = StoreBed.newButton();
        AlarmId second = StoreBed.newButton();
        AlarmId other = buttonOfOthers();
        pressed(first);
        pressed(second);
        pressed(other);

        until(() -> answeredByAll(other));
        until(() -> report(here, "Echo3").lag() == 0);
        assertThat(health(here).getStatus()).isEqualTo(Status.DOWN);
        assertThat(report(here, "Echo3").parked())
                .extracting(Parked::key)
                .containsExactlyInAnyOrder("alarm=" + first, "alarm=" + second);
        assertThat(report(here, "Echo3").parked().getFirst().position()).isEqualTo(1);
        assertThat(report(here, "Echo3").parked())
                .allSatisfy(parked -> assertThat(parked.reason()).contains("spilt coffee"));
        assertThat(details(here, "Echo3")).containsKey("parked").doesNotContainKeys("stopped", "attempts");
        assertThat(gauge("Echo3", "parked")).isEqualTo(2);
        assertThat(report(here, "Echo4").parked()).isEmpty();
        until(() -> presses(first) == RULES && presses(second) == RULES);
    }

    @Test
    void given_a_parked_enterprise_when_newer_code_runs_then_all_of_it_is_done_once_and_it_is_up_everywhere() {
        here.start();
        until(() -> here.here().size() == RULES);
        broken.add("Echo3");
        List<AlarmId> buttons = pressed(40);
        until(() -> !report(here, "Echo3").parked().isEmpty());

        there.start();
        until(() -> !report(there, "Echo3").parked().isEmpty());
        assertThat(report(there, "Echo3").here()).isFalse();
        assertThat(health(there).getStatus()).isEqualTo(Status.DOWN);
        here.stop();
        List<AlarmId> meanwhile = pressed(60);

        until(() -> buttons.stream().allMatch(this::answeredByAll));
        until(() -> meanwhile.stream().allMatch(this::answeredByAll));
        until(() -> health(there).getStatus().equals(Status.UP));
        until(() -> parkedRows() == 0);
        AlarmId after = StoreBed.newButton();
        pressed(after);
        until(() -> answeredByAll(after));
    }

    @Test
    void given_parked_alarms_when_the_rule_still_fails_on_one_of_them_then_the_others_of_its_works_are_done() {
        broken.add("Echo3");
        here.start();
        pressed(StoreBed.newButton());
        until(() -> !report(here, "Echo3").parked().isEmpty());
        here.stop();
        List<AlarmId> buttons = pressed(3);
        AlarmId poison = buttons.get(1);
        Automation newer = new Spilling(
                "Echo3",
                new Echo("Echo3", Set.of()),
                pressed -> pressed.alarmId().equals(poison.toString()));
        Automations again =
                automations(elsewhere, "again", List.of(runner(elsewhere, "again", newer, this::enter)), meters());
        again.start();

        until(() -> presses(buttons.get(0)) == 2 && presses(buttons.get(2)) == 2);
        // What was parked before is taken out of the list a moment after it was done.
        until(() -> {
            var parked = report(again, "Echo3").parked();
            return parked.size() == 1 && parked.getFirst().reason().contains("spilt everything");
        });
        assertThat(report(again, "Echo3").parked()).singleElement().satisfies(parked -> {
            assertThat(parked.key()).isEqualTo("alarm=" + poison);
            assertThat(position(poison)).isEqualTo(parked.position());
        });
        until(() -> report(again, "Echo3").lag() == 0);
        assertThat(presses(poison)).isEqualTo(1);
        again.stop();
    }

    @Test
    void given_due_dates_that_cannot_be_entered_when_they_can_again_then_it_was_seen_and_nothing_is_missing() {
        AtomicBoolean away = new AtomicBoolean(true);
        AlarmId watched = StoreBed.newButton();
        pressed(watched);
        Automations one = automations(bed, "one", List.of(watching(bed, "one", watched, away)), meters);
        one.start();

        until(() -> health(one).getStatus().equals(Status.DOWN));
        AutomationReport stuck = report(one, WATCHING);
        assertThat(stuck.position()).isZero();
        assertThat(stuck.parked()).isEmpty();
        assertThat(details(one, WATCHING))
                .containsEntry("position", 0L)
                .hasEntrySatisfying("stopped", why -> assertThat((String) why).contains("position 1:", "spilt tea"))
                .hasEntrySatisfying(
                        "attempts", attempts -> assertThat((int) attempts).isGreaterThanOrEqualTo(Standstill.LASTING));
        assertThat(gauge(WATCHING, "position")).isZero();
        assertThat(gauge(WATCHING, "lag")).isGreaterThanOrEqualTo(1);
        assertThat(gauge(WATCHING, "attempts")).isGreaterThanOrEqualTo(Standstill.LASTING);

        away.set(false);
        until(() -> presses(watched) == 2);
        until(() -> health(one).getStatus().equals(Status.UP));
        until(() -> report(one, WATCHING).lag() == 0);
        assertThat(gauge(WATCHING, "attempts")).isZero();
        assertThat(details(one, WATCHING)).doesNotContainKeys("stopped", "attempts", "parked");
        one.stop();
    }

    @Test
    void
            given_a_rule_that_cannot_go_on_on_one_instance_when_another_is_there_then_it_goes_on_there_and_is_up_on_both() {
        AlarmId watched = StoreBed.newButton();
        pressed(watched);
        Automations stuck =
                automations(bed, "stuck", List.of(watching(bed, "stuck", watched, new AtomicBoolean(true))), meters);
        stuck.start();
        until(() -> health(stuck).getStatus().equals(Status.DOWN));

        Automations well = automations(
                elsewhere, "well", List.of(watching(elsewhere, "well", watched, new AtomicBoolean())), meters());
        well.start();

        until(() -> presses(watched) == 2);
        assertThat(well.here()).contains(WATCHING);
        until(() -> health(stuck).getStatus().equals(Status.UP));
        until(() -> report(stuck, WATCHING).position() > 0);
        assertThat(report(stuck, WATCHING).here()).isFalse();
        stuck.stop();
        well.stop();
    }

    @Test
    void given_what_was_left_alone_cannot_be_done_yet_when_others_press_then_they_are_answered() {
        AtomicBoolean failing = new AtomicBoolean(true);
        AtomicBoolean away = new AtomicBoolean(true);
        AlarmId watched = StoreBed.newButton();
        Automation rule = new Spilling("Echo", new EchoAndWatch(watched), pressed -> failing.get());
        DueDates dates = entered ->
                away.get() ? Mono.error(new R2dbcNonTransientResourceException("spilt tea")) : enter(entered);
        Automations first = automations(bed, "first", List.of(runner(bed, "first", rule, dates)), meters());
        first.start();
        pressed(watched);
        until(() -> !report(first, "Echo").parked().isEmpty());
        until(() -> report(first, "Echo").lag() == 0);
        first.stop();
        failing.set(false);

        Automations second =
                automations(elsewhere, "second", List.of(runner(elsewhere, "second", rule, dates)), meters());
        second.start();
        AlarmId other = buttonOfOthers();
        pressed(other);
        until(() -> presses(other) == 2);
        assertThat(report(second, "Echo").standstill()).isNull();
        assertThat(report(second, "Echo").parked()).hasSize(1);
        assertThat(presses(watched)).isEqualTo(1);

        away.set(false);
        until(() -> presses(watched) == 2);
        until(() -> health(second).getStatus().equals(Status.UP));
        second.stop();
    }

    /** A rule whose due dates can't be entered while they are away. */
    private AutomationRunner watching(StoreBed bed, String owner, AlarmId watched, AtomicBoolean away) {
        return runner(
                bed,
                owner,
                new EchoAndWatch(watched),
                dates -> away.get() ? Mono.error(new R2dbcNonTransientResourceException("spilt tea")) : enter(dates));
    }

    private static MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    private List<AlarmId> pressed(int times) {
        List<AlarmId> buttons =
                Stream.generate(StoreBed::newButton).limit(times).toList();
        buttons.forEach(this::pressed);
        return buttons;
    }

    private long position(AlarmId button) {
        return bed.rows()
                .bearing("alarm=" + button, 0, 1)
                .map(StoredEvent::position)
                .next()
                .blockOptional(Duration.ofSeconds(20))
                .orElseThrow();
    }

    private long parkedRows() {
        return new ParkedRows(bed.database(), "nobody", new Build("nobody"))
                .of(IntStream.range(0, RULES).mapToObj(rule -> "Echo" + rule).toList())
                .count()
                .blockOptional(Duration.ofSeconds(20))
                .orElseThrow();
    }

    @Test
    void given_an_event_that_cannot_be_handled_when_run_then_what_is_before_it_is_done_and_nothing_after_it() {
        AlarmId before = buttonOfOthers();
        AlarmId poison = StoreBed.newButton();
        AlarmId after = StoreBed.newButton();
        pressed(before);
        pressed(poison);
        pressed(after);
        List<StoredEvent> events = bed.recent().follow(0).take(3).collectList().block(Duration.ofSeconds(20));
        Sinks.Empty<Void> failing = Sinks.empty();
        Flux<StoredEvent> allThereBeforeItFails = Flux.fromIterable(events)
                .concatWith(Mono.fromRunnable(
                        () -> failing.tryEmitError(new R2dbcNonTransientResourceException("spilt tea"))))
                .concatWith(Mono.never());
        R2dbcTokenStore tokens = new R2dbcTokenStore(bed.database(), "one", Duration.ofMinutes(1));
        tokens.initializeTokenSegments(WATCHING, 1, null, null).join();
        tokens.fetchToken(WATCHING, 0, null).join();
        AutomationRunner runner = runner(bed, "one", new EchoAndWatch(poison), dates -> failing.asMono());

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
        try (StoreBed restarted = new StoreBed(bed.address())) {
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
    void given_events_that_only_newer_code_knows_and_no_rule_here_waits_for_when_come_to_then_they_are_passed_over() {
        AlarmId before = StoreBed.newButton();
        AlarmId after = StoreBed.newButton();
        pressed(before);
        bed.given(List.of(newer("ManholeOpened", 1), newer("WarningIssued", 99)));
        pressed(after);
        try (StoreBed restarted = new StoreBed(bed.address())) {
            Automations old = automations(restarted, "old", Set.of(), new SimpleMeterRegistry());
            old.start();

            until(() -> answeredByAll(before) && answeredByAll(after));
            restarted.given(List.of(newer("ManholeOpened", 1), newer("WarningIssued", 99)));
            until(() -> old.reports().stream().allMatch(report -> report.lag() == 0));
            assertThat(old.reports())
                    .allSatisfy(report -> assertThat(report.standstill()).isNull());
            old.stop();
        }
    }

    @Test
    void
            given_a_parked_enterprise_when_events_that_only_newer_code_knows_are_among_its_own_then_it_goes_on_behind_them() {
        broken.add("Echo3");
        here.start();
        pressed(StoreBed.newButton());
        until(() -> !report(here, "Echo3").parked().isEmpty());
        bed.given(List.of(newer("ManholeOpened", 1), newer("WarningIssued", 99)));
        AlarmId after = StoreBed.newButton();
        pressed(after);
        here.stop();

        there.start();

        until(() -> answeredByAll(after));
        until(() -> parkedRows() == 0);
    }

    private static RecordedEvent newer(String name, int version) {
        Set<Tag> tags = Set.of(new Tag("manhole", "7"), Tag.within(KEY.substring(KEY.indexOf('=') + 1)));
        return new RecordedEvent(
                0,
                UUID.randomUUID(),
                Instant.EPOCH,
                Actor.system("newer"),
                new ForeignEvent(name, version, tags, "{\"depth\":3}"));
    }

    @Test
    void given_a_decision_that_finds_no_answer_when_it_does_again_then_it_was_parked_and_is_done_once() {
        AlarmId button = StoreBed.newButton();
        AlarmId other = StoreBed.newButton();
        pressed(button);
        bed.contended(button);

        Automations one = automations(bed, "one", 1, Set.of(), meters);
        one.start();

        until(() -> !report(one, "Echo0").parked().isEmpty());
        pressed(other);
        until(() -> presses(other) == 2);
        assertThat(report(one, "Echo0").parked())
                .extracting(Parked::key)
                .containsExactly("decision button/" + button + " " + KEY);
        assertThat(health(one).getStatus()).isEqualTo(Status.DOWN);

        bed.uncontended(button);
        triedNow();
        until(() -> presses(button) == 2);
        until(() -> health(one).getStatus().equals(Status.UP));
        until(() -> parkedRows() == 0);
        one.stop();
    }

    @Test
    void given_a_decider_that_fails_on_one_alarm_when_another_of_its_works_is_pressed_then_that_is_answered() {
        AlarmId poison = StoreBed.newButton();
        AtomicBoolean broken = new AtomicBoolean(true);
        Commands commands = (command, actor, key, cause) -> broken.get()
                        && command instanceof PressButton press
                        && press.button().equals(poison)
                ? Mono.error(new NullPointerException("no factor"))
                : bed.commands().send(command, actor, key, cause);
        Automations one = automations(
                bed,
                "one",
                List.of(runner(bed, "one", new Echo("Echo0", Set.of()), this::enter, commands, Means.liveTurns())),
                meters);
        one.start();
        pressed(poison);
        AlarmId other = StoreBed.newButton();
        pressed(other);

        until(() -> presses(other) == 2);
        until(() -> report(one, "Echo0").lag() == 0);
        assertThat(report(one, "Echo0").parked())
                .singleElement()
                .satisfies(parked -> assertThat(parked.reason()).contains("no factor"));
        broken.set(false);
        triedNow();
        until(() -> presses(poison) == 2);
        until(() -> report(one, "Echo0").parked().isEmpty());
        one.stop();
    }

    @Test
    void given_a_works_whose_decisions_never_end_when_another_works_presses_then_that_is_answered() {
        Commands commands = (command, actor, key, cause) ->
                ((PressButton) command).button().toString().startsWith(KEY.substring(KEY.indexOf('=') + 1))
                        ? Mono.never()
                        : bed.commands().send(command, actor, key, cause);
        Automations one = automations(
                bed,
                "one",
                List.of(runner(
                        bed,
                        "one",
                        new Echo("Echo0", Set.of()),
                        this::enter,
                        commands,
                        new Bulkhead(new Limits(2, 4, 2, 1), Schedulers.parallel()))),
                meters);
        one.start();
        pressed(100);
        AlarmId other = buttonOfOthers();
        pressed(other);

        until(() -> presses(other) == 2);
        assertThat(report(one, "Echo0").parked())
                .singleElement()
                .satisfies(behind -> assertThat(behind.behind()).isTrue());
        assertThat(report(one, "Echo0").needsAttention()).isFalse();
        one.stop();
    }

    @Test
    void given_more_than_can_wait_when_it_was_read_again_then_all_is_answered_once_and_in_order() {
        Automations one = automations(
                bed,
                "one",
                List.of(runner(
                        bed,
                        "one",
                        new Echo("Echo0", Set.of()),
                        this::enter,
                        bed.commands(),
                        new Bulkhead(new Limits(2, 4, 3, 1), Schedulers.parallel()))),
                meters);
        List<AlarmId> buttons = pressed(120);
        one.start();
        List<AlarmId> more = pressed(30);

        until(() -> Stream.concat(buttons.stream(), more.stream()).allMatch(button -> presses(button) == 2));
        until(() ->
                report(one, "Echo0").parked().isEmpty() && report(one, "Echo0").lag() == 0);
        until(() -> parkedRows() == 0);
        one.stop();
    }

    /** Two instances take the rules from each other while these fail and are mended at random. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void given_two_instances_that_come_and_go_when_all_is_mended_then_each_event_has_one_answer_of_each(long seed) {
        Random random = new Random(seed);
        Set<String> failing = ConcurrentHashMap.newKeySet();
        Set<String> failingThere = ConcurrentHashMap.newKeySet();
        Automations first = automations(bed, "first", failing, meters());
        Automations second = automations(elsewhere, "second", failingThere, meters());
        List<Automations> instances = List.of(first, second);
        List<AlarmId> buttons = new ArrayList<>(pressed(1));
        boolean[] runs = new boolean[2];
        for (int step = 0; step < 40; step++) {
            int which = random.nextInt(2);
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (runs[which]) {
                        instances.get(which).stop();
                    } else {
                        instances.get(which).start();
                    }
                    runs[which] = !runs[which];
                }
                case 1 -> (which == 0 ? failing : failingThere).add("Echo" + random.nextInt(RULES));
                case 2 -> (which == 0 ? failing : failingThere).clear();
                default -> buttons.addAll(pressed(1 + random.nextInt(4)));
            }
            if (random.nextBoolean()) {
                triedNow();
            }
        }
        failing.clear();
        failingThere.clear();
        IntStream.range(0, 2)
                .filter(which -> !runs[which])
                .forEach(which -> instances.get(which).start());

        until(() -> {
            triedNow();
            return buttons.stream().allMatch(this::answeredByAll);
        });
        until(() -> parkedRows() == 0);
        instances.forEach(Automations::stop);
    }

    private void triedNow() {
        EmbeddedStore.execute(bed.databaseName(), "update parkings set next_try_at = now()");
    }

    private long presses(AlarmId button) {
        return bed.rows().bearing("alarm=" + button, 0, 1_000).count().block(Duration.ofSeconds(20));
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

    private double gauge(String automation, String what) {
        return meters.get("forgewatch.automation." + what)
                .tag("automation", automation)
                .gauge()
                .value();
    }
}
