package io.forgewatch.command.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.R2dbcTokenStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.parking.Build;
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
    private final Parking parking = new Parking(RULE, new ParkedRows(bed.database(), "me", new Build("one")));

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
        parking.park(KEY, KEY, event(4), FAILURE).block(LONG);
        EmbeddedStore.execute(bed.databaseName(), "update tokens set owner = 'another'");
        Parking other = new Parking(RULE, new ParkedRows(bed.database(), "another", new Build("one")));
        assertThat(other.begin().block(LONG)).containsExactly(parked(4));
        assertThat(other.leavesAlone(KEY, 5).block(LONG)).isTrue();
        assertThat(other.leavesAlone("within=GT3702110002", 6).block(LONG)).isFalse();
    }

    @Test
    void given_an_event_passed_over_when_nothing_was_found_before_it_then_it_is_not_released_yet() {
        parking.park(KEY, KEY, event(4), FAILURE).block(LONG);
        assertThat(alone(event(9))).isTrue();
        done(8);
        assertThat(parking.released(now()).block(LONG)).isFalse();
        assertThat(parking.all()).hasSize(1);
        done(9);
        assertThat(parking.released(now()).block(LONG)).isTrue();
        assertThat(alone(event(10))).isFalse();
        assertThat(stored()).isEmpty();
    }

    @Test
    void given_somebody_being_released_when_an_event_comes_then_it_waits_until_that_is_stored() throws Exception {
        parking.park(KEY, KEY, event(4), FAILURE).block(LONG);
        done(4);
        CompletableFuture<Boolean> released;
        CompletableFuture<Boolean> alone;
        try (Connection other = EmbeddedStore.connection(bed.databaseName());
                Statement holding = other.createStatement()) {
            other.setAutoCommit(false);
            holding.execute("select from parkings for update");
            released = parking.released(now()).toFuture();
            alone = parking.leavesAlone(KEY, 5).toFuture();
            assertThat(alone).isNotDone();
            other.rollback();
        }
        assertThat(alone.get()).isFalse();
        assertThat(stored()).isEmpty();
        parking.park(KEY, KEY, event(5), FAILURE).block(LONG);
        assertThat(released.get()).isTrue();
        assertThat(stored()).containsExactly(parked(5));
        assertThat(alone(event(6))).isTrue();
    }

    @Test
    void given_a_part_is_done_when_loaded_again_then_it_goes_on_behind_that() {
        parking.park(KEY, KEY, event(4), FAILURE).block(LONG);
        parking.done(parking.all().getFirst(), 7).block(LONG);
        assertThat(stored()).containsExactly(parked(8));
    }

    /** Of what shares a look, whatever failed first was not the first of them. */
    @Test
    void
            given_a_later_event_parked_when_an_earlier_one_fails_too_then_it_begins_there_and_nothing_before_is_left_alone() {
        parking.park(KEY, KEY, event(7), FAILURE).block(LONG);
        assertThat(alone(event(5))).isFalse();
        Parked begun = now();
        parking.park(KEY, KEY, event(5), FAILURE).block(LONG);
        assertThat(stored()).containsExactly(parked(5));
        assertThat(alone(event(5))).isTrue();
        parking.done(begun, 9).block(LONG);
        assertThat(parking.released(begun).block(LONG)).isFalse();
        assertThat(stored()).as("what was begun before knew nothing of it").containsExactly(parked(5));
    }

    @Test
    void given_it_fails_again_when_that_is_stored_then_it_waits_for_its_next_turn() {
        parking.park(KEY, KEY, event(4), FAILURE).block(LONG);
        EmbeddedStore.execute(bed.databaseName(), "update parkings set next_try_at = now()");
        assertThat(parking.due().collectList().block(LONG)).containsExactly(KEY);
        parking.failed(KEY, new IllegalStateException("spilt tea")).block(LONG);
        assertThat(parking.due().collectList().block(LONG)).isEmpty();
        assertThat(stored())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("spilt tea"));
    }

    /** As a release without subjects has left it. */
    @Test
    void given_an_enterprise_parked_by_an_older_release_when_begun_then_it_is_taken_over_and_tried_at_once() {
        EmbeddedStore.execute(
                bed.databaseName(),
                "insert into parked (automation, key, position, reason, run) values ('" + RULE + "', '" + KEY
                        + "', 4, 'spilt milk', gen_random_uuid())");
        assertThat(parking.begin().block(LONG)).containsExactly(new Parked(KEY, KEY, 4, false, "spilt milk"));
        assertThat(parking.due().collectList().block(LONG)).containsExactly(KEY);
        assertThat(parking.begin().block(LONG)).hasSize(1);
    }

    @Test
    void given_the_claim_is_lost_when_parked_or_released_then_refused_and_nothing_is_changed() {
        parking.park(KEY, KEY, event(4), FAILURE).block(LONG);
        EmbeddedStore.execute(bed.databaseName(), "update tokens set owner = 'another'");
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.park(KEY, KEY, event(9), FAILURE).block(LONG));
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.released(now()).block(LONG));
        assertThat(stored()).containsExactly(parked(4));
    }

    @Test
    void given_a_run_begun_anew_when_the_one_before_still_releases_then_it_stays_parked() {
        parking.park(KEY, KEY, event(4), FAILURE).block(LONG);
        Parking next = new Parking(RULE, new ParkedRows(bed.database(), "me", new Build("one")));
        assertThat(next.begin().block(LONG)).hasSize(1);
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.released(now()).block(LONG));
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> parking.park(KEY, KEY, event(9), FAILURE).block(LONG));
        assertThat(stored()).containsExactly(parked(4));
        assertThat(next.released(next.all().getFirst()).block(LONG)).isTrue();
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
        parking.park(KEY, KEY, event(4), FAILURE).block(LONG);
        done(9);
        assertThat(parking.released(now()).block(LONG)).isTrue();
        assertThat(alone(event(8))).isTrue();
        assertThat(alone(event(9))).isTrue();
        assertThat(alone(event(10))).isFalse();
    }

    @Test
    void given_a_failure_that_no_column_takes_when_parked_then_it_is_told_as_far_as_it_goes() {
        parking.park(KEY, KEY, event(4), new IllegalStateException("a\0b" + "x".repeat(10_000)))
                .block(LONG);
        assertThat(stored())
                .singleElement()
                .satisfies(
                        parked -> assertThat(parked.reason()).contains("a bx").hasSizeLessThan(600));
    }

    private boolean alone(RecordedEvent event) {
        return Boolean.TRUE.equals(
                parking.leavesAlone(Keys.ownerOf(event), event.position()).block(LONG));
    }

    private Parked now() {
        return parking.all().getFirst();
    }

    private void done(long upTo) {
        parking.done(now(), upTo).block(LONG);
    }

    private static Parked parked(long position) {
        return new Parked(KEY, KEY, position, false, FAILURE.toString());
    }

    private List<Parked> stored() {
        return new ParkedRows(bed.database(), "anybody", new Build("one"))
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
