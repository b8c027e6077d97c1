package io.forgewatch.command.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.fixture.HouseClock;
import io.forgewatch.command.parking.Build;
import io.forgewatch.event.Actor;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@Timeout(90)
class ScheduleTest {

    private static final StoreBed BED = new StoreBed();
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final HouseClock clock = new HouseClock(NOON);
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
        clock.set(NOON.plusSeconds(600));
        assertThat(fire(schedule)).isEqualTo(1);
        assertThat(fire(schedule)).isZero();
        assertThat(presses(button)).isEqualTo(1);
    }

    @Test
    void given_a_date_that_was_fired_when_looked_for_then_it_is_gone_and_nothing_grows() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        enter(schedule, "b/0", NOON, button);
        fire(schedule);

        assertThat(presses(button)).isEqualTo(1);
        assertThat(column("select key from due_dates")).isEmpty();
    }

    /** As an automation does that reads its events again. */
    @Test
    void given_a_date_that_was_fired_when_entered_again_then_that_is_a_repeat_and_has_no_effect() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        enter(schedule, "b/1", NOON, button);
        fire(schedule);

        enter(schedule, "b/1", NOON, button);
        clock.set(NOON.plusSeconds(600));
        fire(schedule);

        assertThat(presses(button)).isEqualTo(1);
        assertThat(column("select key from due_dates")).isEmpty();
    }

    @Test
    void given_a_date_that_waits_when_entered_again_then_it_is_fired_once() {
        AlarmId button = StoreBed.newButton();
        Schedule schedule = schedule(BED.commands()).schedule();
        enter(schedule, "b/2", NOON.plusSeconds(60), button);
        enter(schedule, "b/2", NOON.plusSeconds(90), button);
        clock.set(NOON.plusSeconds(60));

        assertThat(fire(schedule)).isEqualTo(1);
        assertThat(presses(button)).isEqualTo(1);
    }

    /** The release before kept them for ever. */
    @Test
    void given_many_that_were_fired_before_when_a_schedule_starts_then_they_are_forgotten_and_what_waits_is_not() {
        Schedule schedule = running(BED.commands(), Clock.systemUTC());
        enter(schedule, "m/waits", Instant.now().plusSeconds(3_600), StoreBed.newButton());
        EmbeddedStore.execute(
                BED.databaseName(),
                "insert into due_dates (key, due_at, command_name, command, state, fired_at) select 'm/' || n, now(), 'x', '{}',"
                        + " 'FIRED', now() from generate_series(1, " + (3 * DueDateRows.FORGOTTEN_AT_ONCE + 1) + ") n");
        schedule.start();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(column("select key from due_dates")).containsExactly("m/waits"));
        } finally {
            schedule.stop();
        }
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
        Schedule schedule = running(BED.commands(), Clock.systemUTC());
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
        clock.set(NOON.plusSeconds(1_200));
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
                "alter table due_dates drop column actor, drop column idempotency_key, drop column cause, drop column owner");

        try (StoreBed restarted = new StoreBed(BED.address())) {
            Schedule schedule = schedule(restarted, restarted.commands(), clock, "one");

            assertThat(fire(schedule)).isEqualTo(1);
        }

        Traced pressed = BED.archive()
                .about(new Subject(SubjectType.ALARM, button.toString()), 0, 10)
                .single()
                .block(Duration.ofSeconds(20));
        assertThat(pressed.recorded().actor()).isEqualTo(new Actor("clock", "PressButton"));
        assertThat(pressed.cause()).isNull();
    }

    /** Answers nobody, and fails as often as it is asked. */
    private record Broken(AtomicInteger tries, AtomicReference<@Nullable RuntimeException> failure)
            implements Commands {

        @Override
        public Mono<Answer> send(Command command, Actor actor, @Nullable String key, @Nullable String cause) {
            return Mono.defer(() -> {
                tries.incrementAndGet();
                RuntimeException with = failure.get();
                return with == null ? BED.commands().send(command, actor, key, cause) : Mono.error(with);
            });
        }
    }

    @Test
    void given_a_command_that_always_fails_when_tried_often_then_it_is_parked_and_seen_and_never_given_up() {
        AlarmId button = StoreBed.newButton();
        Broken broken =
                new Broken(new AtomicInteger(), new AtomicReference<>(new IllegalStateException("spilt coffee")));
        Schedule schedule = schedule(broken).schedule();
        enter(schedule, "f/1", NOON, button);

        for (int round = 0; round < 20; round++) {
            fire(schedule);
            soon();
        }
        assertThat(broken.tries()).hasValue(20);
        assertThat(failures.count()).isEqualTo(20);
        assertThat(parked()).containsExactly("f/1 GT3702110001 20");

        broken.failure().set(null);
        assertThat(fire(schedule)).isEqualTo(1);
        assertThat(presses(button)).isEqualTo(1);
        assertThat(parked()).isEmpty();
    }

    @Test
    void given_a_command_that_failed_once_when_it_is_done_then_nobody_was_parked() {
        AlarmId button = StoreBed.newButton();
        Broken broken =
                new Broken(new AtomicInteger(), new AtomicReference<>(new IllegalStateException("spilt coffee")));
        Schedule schedule = schedule(broken).schedule();
        enter(schedule, "j/1", NOON, button);
        fire(schedule);
        assertThat(parked()).isEmpty();
        broken.failure().set(null);
        soon();
        assertThat(fire(schedule)).isEqualTo(1);
    }

    @Test
    void given_the_store_is_away_when_fired_however_often_then_that_counts_as_no_try() {
        Broken away = new Broken(
                new AtomicInteger(),
                new AtomicReference<>(new IllegalStateException(new IOException("connection refused"))));
        Schedule schedule = new Schedule(
                new DueDateRows(BED.database(), BED.names(), new Build("one")),
                away,
                BED.names(),
                clock,
                failures,
                AppendGate.standingOpen(),
                failure -> Mono.just(failure.getCause() instanceof IOException));
        enter(schedule, "k/1", NOON, StoreBed.newButton());
        for (int round = 0; round < 5; round++) {
            fire(schedule);
            soon();
        }
        assertThat(away.tries()).hasValue(5);
        assertThat(column("select attempts from due_dates")).containsExactly("0");
        assertThat(parked()).isEmpty();
    }

    /** Such as a release that gave up has left. */
    @Test
    void given_dates_that_were_given_up_when_a_release_starts_that_does_not_then_they_are_fired() {
        AlarmId button = StoreBed.newButton();
        enter(schedule(BED.commands()).schedule(), "l/1", NOON, button);
        EmbeddedStore.execute(
                BED.databaseName(),
                "drop trigger due_dates_wait on due_dates; update due_dates set state = 'FAILED', attempts = 8");
        try (StoreBed restarted = new StoreBed(BED.address())) {
            Schedule schedule = schedule(restarted, restarted.commands(), clock, "one");
            await().atMost(Duration.ofSeconds(60)).until(() -> fire(schedule) == 1);
        }
        assertThat(presses(button)).isEqualTo(1);
    }

    @Test
    void given_a_date_that_an_instance_of_the_last_release_gives_up_beside_this_when_its_time_comes_then_it_is_fired() {
        AlarmId button = StoreBed.newButton();
        enter(schedule(BED.commands()).schedule(), "l/2", NOON, button);
        EmbeddedStore.execute(
                BED.databaseName(),
                "update due_dates set attempts = 8, state = 'FAILED', claimed_until = null where key = 'l/2'");
        assertThat(column("select state from due_dates")).containsExactly("WAITING");
        assertThat(fire(schedule(BED.commands()).schedule()))
                .as("whoever gives up would have it again at once")
                .isZero();

        EmbeddedStore.execute(BED.databaseName(), "update due_dates set claimed_until = null");
        assertThat(fire(schedule(BED.commands()).schedule())).isEqualTo(1);
        assertThat(presses(button)).isEqualTo(1);
    }

    @Test
    void given_a_date_that_is_being_fired_when_a_look_fails_then_it_goes_on_and_is_sent_once() {
        AlarmId button = StoreBed.newButton();
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        Sinks.Empty<Void> slow = Sinks.empty();
        Commands commands = (command, actor, key, cause) -> {
            sent.incrementAndGet();
            return slow.asMono()
                    .doOnCancel(cancelled::incrementAndGet)
                    .then(Mono.defer(() -> BED.commands().send(command, actor, key, cause)));
        };
        Schedule schedule = running(commands, Clock.systemUTC());
        Logger logger = (Logger) LoggerFactory.getLogger(Schedule.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        enter(schedule, "look/1", NOON, button);
        schedule.start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> sent.get() == 1);
            enter(schedule, "look/2", Instant.now().plusMillis(500), button);
            EmbeddedStore.execute(BED.databaseName(), "alter table due_dates rename to torn_up");
            try {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> List.copyOf(said.list).stream()
                                .anyMatch(event -> event.getFormattedMessage().startsWith("The schedule goes on")));
            } finally {
                EmbeddedStore.execute(BED.databaseName(), "alter table torn_up rename to due_dates");
            }
            assertThat(cancelled).hasValue(0);
            slow.tryEmitEmpty();
            await().atMost(Duration.ofSeconds(30)).until(() -> presses(button) == 2);
            assertThat(sent).hasValue(2);
        } finally {
            schedule.stop();
            logger.detachAppender(said);
        }
    }

    @Test
    void given_a_works_whose_date_never_ends_when_another_works_has_one_then_that_is_fired_and_no_unsent_one_counts() {
        AlarmId hanging = StoreBed.newButton();
        AlarmId other = AlarmId.FORM.parse("GT3702110002" + hanging.toString().substring(12));
        AtomicInteger sent = new AtomicInteger();
        Commands commands = (command, actor, key, cause) -> {
            if (((PressButton) command).button().equals(hanging)) {
                sent.incrementAndGet();
                return Mono.never();
            }
            return BED.commands().send(command, actor, key, cause);
        };
        Schedule schedule = running(commands, Clock.systemUTC());
        for (int i = 0; i < 300; i++) {
            enter(schedule, "m/" + i, NOON, hanging);
        }
        enter(schedule, "n/1", NOON.plusSeconds(1), other);
        schedule.start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> presses(other) == 1);
            assertThat(sent).hasValue(1);
            assertThat(column("select distinct attempts from due_dates")).containsExactly("0");
        } finally {
            schedule.stop();
        }
    }

    @Test
    void given_a_date_parked_by_other_code_when_newer_code_starts_then_it_is_tried_at_once() {
        AlarmId button = StoreBed.newButton();
        Broken broken =
                new Broken(new AtomicInteger(), new AtomicReference<>(new IllegalStateException("spilt coffee")));
        Schedule old = schedule(broken).schedule();
        enter(old, "o/1", NOON, button);
        for (int round = 0; round < 3; round++) {
            soon();
            fire(old);
        }
        assertThat(fire(old)).isZero();
        assertThat(broken.tries()).hasValue(3);

        Schedule newer = schedule(BED, BED.commands(), Clock.systemUTC(), "two");
        newer.start();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> presses(button) == 1);
        } finally {
            newer.stop();
        }
    }

    @Test
    void given_what_waits_unsent_when_its_claim_is_extended_then_no_other_instance_takes_it() {
        DueDateRows rows = new DueDateRows(BED.database(), BED.names(), new Build("one"));
        enter(schedule(BED.commands()).schedule(), "p/1", NOON, StoreBed.newButton());
        assertThat(rows.take(NOON, 10, Set.of()).collectList().block(Duration.ofSeconds(20)))
                .hasSize(1);
        EmbeddedStore.execute(BED.databaseName(), "update due_dates set claimed_until = now() + interval '2 seconds'");
        rows.extend(List.of("p/1")).block(Duration.ofSeconds(20));
        assertThat(column("select claimed_until > now() + interval '20 seconds' from due_dates"))
                .containsExactly("t");
        EmbeddedStore.execute(BED.databaseName(), "update due_dates set claimed_until = now() - interval '1 second'");
        rows.extend(List.of("p/1")).block(Duration.ofSeconds(20));
        assertThat(rows.take(NOON, 10, Set.of("GT3702110001")).collectList().block(Duration.ofSeconds(20)))
                .as("enough of it is held")
                .isEmpty();
        assertThat(rows.take(NOON, 10, Set.of()).collectList().block(Duration.ofSeconds(20)))
                .as("a claim that ran out is not extended")
                .hasSize(1);
    }

    private static List<String> parked() {
        return column("select subject || ' ' || enterprise || ' ' || attempts from parkings");
    }

    private static List<String> column(String sql) {
        try (Connection connection = EmbeddedStore.connection(BED.databaseName());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What failed is due at once. */
    private static void soon() {
        EmbeddedStore.execute(BED.databaseName(), "update due_dates set claimed_until = null");
    }

    private Bench schedule(Commands commands) {
        return new Bench(running(commands, clock));
    }

    private Schedule running(Commands commands, Clock by) {
        return schedule(BED, commands, by, "one");
    }

    private Schedule schedule(StoreBed bed, Commands commands, Clock by, String build) {
        return new Schedule(
                new DueDateRows(bed.database(), bed.names(), new Build(build)),
                commands,
                bed.names(),
                by,
                failures,
                AppendGate.standingOpen(),
                failure -> Mono.just(failure instanceof IOException));
    }

    private record Bench(Schedule schedule) {

        void fireAllOver() {
            EmbeddedStore.execute(
                    BED.databaseName(),
                    "do $$ begin if to_regclass('due_dates') is not null then delete from due_dates;"
                            + " delete from parkings; end if; end $$");
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
}
