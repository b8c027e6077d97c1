package io.forgewatch.command.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.Actor;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
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
    void givenACommandThatAlwaysFails_whenItHasBeenTriedOftenEnough_thenItIsGivenUpAndCounted() {
        AtomicInteger tries = new AtomicInteger();
        Commands broken = new Commands() {
            @Override
            public Mono<Answer> send(Command command, Actor actor, @Nullable String key) {
                return Mono.error(() -> new IllegalStateException("try " + tries.incrementAndGet()));
            }
        };
        Bench bench = schedule(broken);
        enter(bench.schedule(), "f/1", NOON, StoreBed.newButton());

        for (int round = 0; round < 20; round++) {
            fire(bench.schedule());
            io.forgewatch.command.eventstore.EmbeddedStore.execute(
                    BED.databaseName(), "update due_dates set claimed_until = null");
        }

        assertThat(tries).hasValue(8);
        assertThat(failures.count()).isEqualTo(1);
        assertThat(new DueDateRows(BED.database()).failures().block(Duration.ofSeconds(10)))
                .isEqualTo(1);
    }

    private Bench schedule(Commands commands) {
        return new Bench(new Schedule(
                new DueDateRows(BED.database()), commands, BED.names(), clock, failures, AppendGate.standingOpen()));
    }

    private record Bench(Schedule schedule) {

        void fireAllOver() {
            io.forgewatch.command.eventstore.EmbeddedStore.execute(
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
