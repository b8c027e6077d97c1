package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Own time and that of the store, both told by the test, and the two on a real store. */
class StoreClockTest {

    private static final long T = 1_900_000_000_000L;

    private long nanos;
    private final StoreClock clock = new StoreClock(Clock.fixed(Instant.ofEpochMilli(T), ZoneOffset.UTC), () -> nanos);

    private void look(long aheadMillis, long roundTrip) {
        Instant store = Instant.ofEpochMilli(T - aheadMillis);
        clock.told(T, store, T + roundTrip);
    }

    @Test
    void given_no_look_yet_then_it_is_neither_right_nor_wrong() {
        assertThat(clock.canJudge()).isFalse();
        assertThat(clock.isSuspect()).isFalse();
        assertThat(clock.secondsAhead()).isZero();
    }

    @Test
    void given_a_clock_that_is_fast_or_slow_when_looked_at_three_times_then_it_is_wrong_by_so_many_seconds() {
        for (long ahead : new long[] {2_500, -7_000}) {
            look(ahead, 0);
            look(ahead, 0);
            assertThat(clock.secondsAhead()).isZero();
            assertThat(clock.isSuspect()).as("it is not trusted any more").isTrue();
            look(ahead, 0);
            assertThat(clock.secondsAhead()).isEqualTo(Math.round(ahead / 1_000.0));
            look(0, 10);
            assertThat(clock.secondsAhead()).isZero();
            assertThat(clock.isSuspect()).isFalse();
        }
    }

    @Test
    void given_two_seconds_or_less_then_it_is_right() {
        for (int look = 0; look < 5; look++) {
            look(1_900, 50);
            look(-1_900, 50);
        }
        assertThat(clock.isSuspect()).isFalse();
        assertThat(clock.secondsAhead()).isZero();
    }

    @Test
    void given_a_clock_up_to_fifteen_seconds_off_then_others_are_judged_by_it_and_beyond_not_from_the_first_look_on() {
        for (long ahead : new long[] {14_900, -14_900}) {
            for (int look = 0; look < 5; look++) {
                look(ahead, 50);
                assertThat(clock.canJudge()).isTrue();
                assertThat(clock.misjudges()).isFalse();
            }
            assertThat(clock.secondsAhead()).as("it is told all the same").isEqualTo(Math.round(ahead / 1_000.0));
        }
        for (long ahead : new long[] {15_100, -15_100}) {
            look(ahead, 50);
            assertThat(clock.canJudge()).isFalse();
            assertThat(clock.misjudges()).isTrue();
            look(0, 50);
            assertThat(clock.canJudge()).isTrue();
            assertThat(clock.misjudges()).isFalse();
        }
    }

    @Test
    void given_answers_that_take_long_when_the_difference_lies_within_the_way_then_they_prove_nothing() {
        for (int look = 0; look < 5; look++) {
            look(-17_000, 18_000);
        }
        assertThat(clock.isSuspect()).isFalse();
        assertThat(clock.misjudges()).isFalse();
        assertThat(clock.canJudge()).isFalse();
        for (int look = 0; look < 3; look++) {
            look(-10_000, 5_000);
        }
        assertThat(clock.canJudge()).as("five to ten").isTrue();
        assertThat(clock.secondsAhead()).as("at least").isEqualTo(-5);
    }

    @Test
    void given_a_clock_found_right_when_the_store_is_away_then_that_holds_for_ten_seconds() {
        look(0, 10);
        nanos = Duration.ofSeconds(10).toNanos();
        assertThat(clock.canJudge()).isTrue();
        nanos++;
        assertThat(clock.canJudge()).isFalse();
    }

    @Test
    void given_a_machine_a_minute_fast_when_the_store_is_looked_at_every_second_then_it_is_found_wrong() {
        StoreClock fast = new StoreClock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)), System::nanoTime);
        try (StoreBed bed = new StoreBed();
                Database database = new Database(PostgresAddress.parse(bed.address()), 2, 1)) {
            EventRows rows = new EventRows(database);
            RecentEvents recent = new RecentEvents(rows, 64, back -> {});
            StoreNotifications notifications = new StoreNotifications(
                    database,
                    rows,
                    recent,
                    new IdempotencyKeys(database),
                    new Snapshots(database),
                    new GroupCommit(database, recent, AppendGate.standingOpen()),
                    fast,
                    Duration.ofMillis(50));
            notifications.start();
            try {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> fast.secondsAhead() > 50 && fast.secondsAhead() <= 60);
            } finally {
                notifications.stop();
            }
        }
    }
}
