package io.forgewatch.command.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.Actor;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Timeout(90)
class ScheduleTest {

    private static final StoreBed BED = new StoreBed();
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);
    private final Counter failures = new SimpleMeterRegistry().counter("failures");

    @BeforeEach
    void clear() {
        schedule(BED.commands()).fireAllOver();
    }

    @AfterAll
    static void close() {
        BED.close();
    }

    @Test
    void givenADueDate_whenItsTimeHasNotCome_thenNothing_andWhenItHas_thenItIsFiredOnce() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        enter(schedule, "a/1", NOON.plusSeconds(600), button);

        assertThat(fire(schedule)).isZero();
        clock.now.set(NOON.plusSeconds(600));
        assertThat(fire(schedule)).isEqualTo(1);
        assertThat(fire(schedule)).isZero();
        assertThat(presses(button)).isEqualTo(1);
    }

    @Test
    void givenAKnownKey_whenEnteredAgain_thenItIsNotFiredAgain() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        enter(schedule, "b/1", NOON, button);
        fire(schedule);

        enter(schedule, "b/1", NOON, button);

        assertThat(fire(schedule)).isZero();
        assertThat(presses(button)).isEqualTo(1);
    }

    @Test
    void givenTwoInstances_whenBothFire_thenEachDueDateIsFiredOnce() {
        AlarmId button = StoreBed.newButton();
        Schedule one = schedule(BED.commands()).schedule();
        Schedule other = schedule(BED.commands()).schedule();
        one.enter(Flux.range(0, 200)
                        .map(n -> new DueDate("c/" + n, NOON, new PressButton(button, "p" + n, 1_000, NOON)))
                        .collectList()
                        .block())
                .block(Duration.ofSeconds(20));

        Long fired =
                Flux.merge(one.fireDue(), other.fireDue()).reduce(0L, Long::sum).block(Duration.ofSeconds(60));

        assertThat(fired).isEqualTo(200);
        assertThat(presses(button)).isEqualTo(200);
    }

    @Test
    void givenARunningSchedule_whenAnEarlierDateIsEntered_thenItWakesForIt() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = new Schedule(
                new DueDateRows(BED.database()),
                BED.commands(),
                BED.names(),
                Clock.systemUTC(),
                failures,
                AppendGate.standingOpen());
        schedule.start();
        try {
            enter(schedule, "d/late", Instant.now().plusSeconds(3_600), button);
            enter(schedule, "d/soon", Instant.now().plusMillis(50), button);

            await().atMost(Duration.ofSeconds(30)).until(() -> presses(button) == 1);
        } finally {
            schedule.stop();
        }
    }

    @Test
    void givenARefusal_whenFired_thenThatIsItsAnswerAndItIsDone() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        schedule.enter(List.of(new DueDate("e/1", NOON, new PressButton(button, "p", 0, NOON))))
                .block(Duration.ofSeconds(20));

        assertThat(fire(schedule)).isEqualTo(1);
        assertThat(fire(schedule)).isZero();
        assertThat(presses(button)).isZero();
    }

    @Test
    void given_a_due_date_that_finds_no_answer_when_fired_however_often_then_it_is_not_passed_over() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        enter(schedule, "g/1", NOON, button);
        BED.contended(button);

        for (int round = 0; round < 9; round++) {
            assertThat(fire(schedule)).isZero();
            soon();
        }
        assertThat(failures.count()).isZero();
        BED.uncontended(button);

        assertThat(fire(schedule)).isEqualTo(1);
        assertThat(presses(button)).isEqualTo(1);
    }

    @Test
    void given_an_automations_command_when_fired_then_it_is_that_command_and_what_it_led_to_tells_its_cause() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        DueDate.Origin origin = new DueDate.Origin(
                Actor.automation("WhenPressed"), UUID.randomUUID().toString(), UUID.randomUUID());
        schedule.enter(List.of(
                        new DueDate("h/1", NOON, new PressButton(button, "p", 1_000, NOON), origin),
                        new DueDate("h/2", NOON, new PressButton(StoreBed.newButton(), "p", 1_000, NOON))))
                .block(Duration.ofSeconds(20));

        assertThat(fire(schedule)).isEqualTo(2);

        Traced pressed = BED.archive()
                .about(new Subject(SubjectType.ALARM, button.toString()), 0, 10)
                .single()
                .block(Duration.ofSeconds(20));
        assertThat(pressed.recorded().actor()).isEqualTo(origin.actor());
        assertThat(pressed.cause()).isEqualTo(origin.cause());
    }

    @Test
    void given_an_automations_command_that_was_done_unknown_to_it_when_fired_then_it_is_not_done_again() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        DueDate.Origin origin = new DueDate.Origin(
                Actor.automation("WhenPressed"), UUID.randomUUID().toString(), UUID.randomUUID());
        PressButton press = new PressButton(button, "p", 1_000, NOON);
        BED.commands()
                .send(
                        press,
                        origin.actor(),
                        origin.idempotencyKey(),
                        origin.cause().toString())
                .block(Duration.ofSeconds(20));
        BED.commands()
                .send(new PressButton(button, "somebody", 1_000, NOON), Actor.system("test"), null)
                .block(Duration.ofSeconds(20));
        schedule.enter(List.of(new DueDate("i/1", NOON, press, origin))).block(Duration.ofSeconds(20));

        assertThat(fire(schedule)).isEqualTo(1);

        assertThat(presses(button)).isEqualTo(2);
    }

    /** What follows counts from when people hear of it. */
    @Test
    void given_a_date_of_twenty_minutes_ago_when_fired_then_its_command_is_of_now() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        enter(schedule, "late/1", NOON, button);
        clock.now.set(NOON.plusSeconds(1_200));
        fire(schedule);

        AlarmAcknowledged pressed = (AlarmAcknowledged) BED.feed()
                .of(new Subject(SubjectType.ALARM, button.toString()), 0, 1)
                .blockFirst(Duration.ofSeconds(20))
                .event();
        assertThat(pressed.at()).isEqualTo(NOON.plusSeconds(1_200));
    }

    /** Such as there are in a database where due dates had no origin. */
    @Test
    void given_a_table_of_before_when_the_schema_is_applied_then_its_due_dates_are_fired_as_the_clocks() {
        AlarmId button = StoreBed.newButton();
        enter(schedule(BED.commands()).schedule(), "WhenPressed/1", NOON, button);
        EmbeddedStore.execute(
                BED.databaseName(),
                "alter table due_dates drop column actor, drop column idempotency_key, drop column cause");

        try (StoreBed restarted = new StoreBed(BED.address())) {
            Schedule schedule = new Schedule(
                    new DueDateRows(restarted.database()),
                    restarted.commands(),
                    restarted.names(),
                    clock,
                    failures,
                    AppendGate.standingOpen());

            assertThat(fire(schedule)).isEqualTo(1);
        }

        Traced pressed = BED.archive()
                .about(new Subject(SubjectType.ALARM, button.toString()), 0, 10)
                .single()
                .block(Duration.ofSeconds(20));
        assertThat(pressed.recorded().actor()).isEqualTo(new Actor("clock", "PressButton"));
        assertThat(pressed.cause()).isNull();
    }

    @Test
    void givenACommandThatAlwaysFails_whenItHasBeenTriedOftenEnough_thenItIsGivenUpAndCounted() {
        AtomicInteger tries = new AtomicInteger();
        Commands broken = new Commands() {
            @Override
            public Mono<Answer> send(Command command, Actor actor, @Nullable String key, @Nullable String cause) {
                return Mono.error(() -> new IllegalStateException("try " + tries.incrementAndGet()));
            }
        };
        Bench bench = schedule(broken);
        enter(bench.schedule(), "f/1", NOON, StoreBed.newButton());

        for (int round = 0; round < 20; round++) {
            fire(bench.schedule());
            soon();
        }

        assertThat(tries).hasValue(8);
        assertThat(failures.count()).isEqualTo(1);
        assertThat(new DueDateRows(BED.database()).failures().block(Duration.ofSeconds(10)))
                .isEqualTo(1);
    }

    /** What failed is due at once. */
    private static void soon() {
        EmbeddedStore.execute(BED.databaseName(), "update due_dates set claimed_until = null");
    }

    private Bench schedule(Commands commands) {
        return new Bench(new Schedule(
                new DueDateRows(BED.database()), commands, BED.names(), clock, failures, AppendGate.standingOpen()));
    }

    private record Bench(Schedule schedule) {

        void fireAllOver() {
            EmbeddedStore.execute(
                    BED.databaseName(),
                    "do $$ begin if to_regclass('due_dates') is not null then delete from due_dates; end if; end $$");
        }
    }

    private static void enter(Schedule schedule, String key, Instant at, AlarmId button) {
        schedule.enter(List.of(new DueDate(key, at, new PressButton(button, key, 1_000, at))))
                .block(Duration.ofSeconds(20));
    }

    private static long fire(Schedule schedule) {
        return schedule.fireDue().block(Duration.ofSeconds(30));
    }

    private static long presses(AlarmId button) {
        return BED.feed()
                .of(new Subject(SubjectType.ALARM, button.toString()), 0, 1_000)
                .count()
                .block(Duration.ofSeconds(20));
    }

    private static final class SettableClock extends Clock {

        private final AtomicReference<Instant> now;

        SettableClock(Instant start) {
            now = new AtomicReference<>(start);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
