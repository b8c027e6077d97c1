package io.forgewatch.command.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.R2dbcTokenStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept in a real database of whose events are left alone, and when that ends. */
class ParkingTest {

    private static final String RULE = "WhenPressedThenEcho";
    private static final String KEY = "within=GT3702110001";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final RuntimeException FAILURE = new IllegalStateException("spilt coffee");

    private final StoreBed bed = new StoreBed();
    private final Parking parking = new Parking(RULE, new ParkedRows(bed.database(), "me"));

    @BeforeEach
    void claim() throws Exception {
        R2dbcTokenStore tokens = new R2dbcTokenStore(bed.database(), "me", Duration.ofMinutes(1));
        tokens.initializeTokenSegments(RULE, 1, new GlobalSequenceTrackingToken(0), null)
                .get();
        tokens.fetchToken(RULE, 0, null).get();
        parking.begin().block(LONG);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void given_nobody_parked_when_an_event_comes_then_it_is_not_left_alone() {
        assertThat(parking.all()).isEmpty();
        assertThat(alone(event(1))).isFalse();
    }

    @Test
    void given_somebody_parked_when_loaded_elsewhere_then_only_their_events_are_left_alone() {
        parking.park(event(4), FAILURE).block(LONG);
        EmbeddedStore.execute(bed.databaseName(), "update tokens set owner = 'another'");
        Parking other = new Parking(RULE, new ParkedRows(bed.database(), "another"));
        assertThat(other.begin().block(LONG)).containsExactly(new Parked(KEY, 4, FAILURE.toString()));
        assertThat(other.leavesAlone(event(5)).block(LONG)).isTrue();
        assertThat(other.leavesAlone(event("GT3702110002", 6)).block(LONG)).isFalse();
    }

    @Test
    void given_an_event_passed_over_when_nothing_was_found_before_it_then_it_is_not_released_yet() {
        parking.park(event(4), FAILURE).block(LONG);
        assertThat(alone(event(9))).isTrue();
        assertThat(parking.released(KEY, 8).block(LONG)).isFalse();
        assertThat(parking.all()).hasSize(1);
        assertThat(parking.released(KEY, 9).block(LONG)).isTrue();
        assertThat(alone(event(10))).isFalse();
        assertThat(stored()).isEmpty();
    }

    @Test
    void given_somebody_being_released_when_an_event_comes_then_it_waits_until_that_is_stored() throws Exception {
        parking.park(event(4), FAILURE).block(LONG);
        CompletableFuture<Boolean> released;
        CompletableFuture<Boolean> alone;
        try (Connection other = EmbeddedStore.connection(bed.databaseName());
                Statement holding = other.createStatement()) {
            other.setAutoCommit(false);
            holding.execute("select from parked for update");
            released = parking.released(KEY, 4).toFuture();
            alone = parking.leavesAlone(event(5)).toFuture();
            assertThat(alone).isNotDone();
            other.rollback();
        }
        assertThat(alone.get()).isFalse();
        assertThat(stored()).isEmpty();
        parking.park(event(5), FAILURE).block(LONG);
        assertThat(released.get()).isTrue();
        assertThat(stored()).containsExactly(new Parked(KEY, 5, FAILURE.toString()));
        assertThat(alone(event(6))).isTrue();
    }

    @Test
    void given_a_part_is_done_when_loaded_again_then_it_goes_on_behind_that() {
        parking.park(event(4), FAILURE).block(LONG);
        parking.done(parking.all().getFirst(), 7).block(LONG);
        assertThat(stored()).containsExactly(new Parked(KEY, 8, FAILURE.toString()));
    }

    @Test
    void given_the_claim_is_lost_when_parked_or_released_then_refused_and_nothing_is_changed() {
        parking.park(event(4), FAILURE).block(LONG);
        EmbeddedStore.execute(bed.databaseName(), "update tokens set owner = 'another'");
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.park(event(9), FAILURE).block(LONG));
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.released(KEY, 9).block(LONG));
        assertThat(stored()).containsExactly(new Parked(KEY, 4, FAILURE.toString()));
    }

    @Test
    void given_a_run_begun_anew_when_the_one_before_still_releases_then_it_stays_parked() {
        parking.park(event(4), FAILURE).block(LONG);
        Parking next = new Parking(RULE, new ParkedRows(bed.database(), "me"));
        assertThat(next.begin().block(LONG)).hasSize(1);
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.released(KEY, 4).block(LONG));
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.park(event(9), FAILURE).block(LONG));
        assertThat(stored()).containsExactly(new Parked(KEY, 4, FAILURE.toString()));
        assertThat(next.released(KEY, 4).block(LONG)).isTrue();
        assertThat(stored()).isEmpty();
    }

    @Test
    void given_a_claim_of_another_when_begun_then_refused() {
        EmbeddedStore.execute(bed.databaseName(), "update tokens set owner = 'another'");
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.begin().block(LONG));
    }

    @Test
    void given_released_ahead_of_what_comes_when_that_comes_then_what_was_done_is_not_done_again() {
        parking.park(event(4), FAILURE).block(LONG);
        assertThat(parking.released(KEY, 9).block(LONG)).isTrue();
        assertThat(alone(event(8))).isTrue();
        assertThat(alone(event(9))).isTrue();
        assertThat(alone(event(10))).isFalse();
    }

    @Test
    void given_a_failure_that_no_column_takes_when_parked_then_it_is_told_as_far_as_it_goes() {
        parking.park(event(4), new IllegalStateException("a\0b" + "x".repeat(10_000)))
                .block(LONG);
        assertThat(stored())
                .singleElement()
                .satisfies(
                        parked -> assertThat(parked.reason()).contains("a bx").hasSizeLessThan(600));
    }

    private boolean alone(RecordedEvent event) {
        return Boolean.TRUE.equals(parking.leavesAlone(event).block(LONG));
    }

    private List<Parked> stored() {
        return new ParkedRows(bed.database(), "anybody")
                .of(List.of(RULE))
                .map(ParkedRows.OfAutomation::parked)
                .collectList()
                .block(LONG);
    }

    private static RecordedEvent event(long position) {
        return event("GT3702110001", position);
    }

    private static RecordedEvent event(String enterprise, long position) {
        Instant at = Instant.parse("2026-11-28T03:00:00Z");
        return new RecordedEvent(
                position,
                new UUID(0, position),
                at,
                Actor.system("test"),
                new AlarmAcknowledged(enterprise + "010001.BF_CW_P.LOW.1732440000000", "a", at));
    }
}
