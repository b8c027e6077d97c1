package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.query.given.Store;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who may fold, by a clock that the test turns. */
class LeaseTest {

    private static final Duration TERM = Duration.ofSeconds(5);
    private static final Generation GENERATION = Generation.first(new ViewName("counts", 1));

    private final Lease held = Lease.NONE.takenBy("a");

    @Test
    void given_a_lease_that_is_renewed_when_watched_then_it_may_not_be_taken_until_it_stands_still_for_a_term() {
        Sighting sighting = new Sighting(held, 0);
        Lease renewed = held.renewed();
        sighting = sighting.seen(held, seconds(4));
        assertThat(sighting.mayTake(seconds(4), TERM)).isFalse();

        sighting = sighting.seen(renewed, seconds(5));
        assertThat(sighting.mayTake(seconds(5), TERM)).isFalse();
        assertThat(sighting.seen(renewed, seconds(9)).mayTake(seconds(9), TERM)).isFalse();
        assertThat(sighting.seen(renewed, seconds(10)).mayTake(seconds(10), TERM))
                .isTrue();
    }

    @Test
    void given_a_lease_that_was_given_back_when_seen_then_it_may_be_taken_at_once_under_a_higher_token() {
        Lease free = held.released();

        assertThat(new Sighting(free, 0).mayTake(0, TERM)).isTrue();
        assertThat(free.takenBy("b").token()).isEqualTo(held.token() + 1);
        assertThat(new Sighting(Lease.NONE, 0).mayTake(0, TERM)).isTrue();
    }

    /** Whatever the delay of each renewal, who holds it stops before anybody who watches may take it. */
    @Property
    void given_renewals_that_come_late_when_one_may_take_it_then_the_other_holds_it_no_more(
            @ForAll @IntRange(max = 6_000) int lastRenewalAsked,
            @ForAll @IntRange(max = 6_000) int answeredAfter,
            @ForAll @IntRange(max = 20_000) int now) {
        Tenure tenure = new Tenure(held, TERM, 0);
        Lease renewed = held.renewed();
        tenure.renewed(renewed, millis(lastRenewalAsked));
        // It is stored at the moment when it was asked for at the earliest, and seen at that moment at the earliest.
        Sighting sighting = new Sighting(renewed, millis(lastRenewalAsked + answeredAfter));

        if (sighting.mayTake(millis(now), TERM)) {
            assertThat(tenure.isHeld(millis(now))).isFalse();
        }
    }

    @Test
    void given_two_who_take_it_at_once_when_stored_then_one_wins_and_the_other_changes_nothing() {
        try (Store store = new Store()) {
            Leases leases = new Leases(store.database());
            assertThat(leases.replace(GENERATION, Lease.NONE, Lease.NONE.takenBy("a"))
                            .block())
                    .isTrue();
            assertThat(leases.replace(GENERATION, Lease.NONE, Lease.NONE.takenBy("b"))
                            .block())
                    .isFalse();
            Lease stored = leases.load(GENERATION).block();
            assertThat(stored.owner()).isEqualTo("a");

            assertThat(leases.replace(GENERATION, stored, stored.takenBy("b")).block())
                    .isTrue();
            assertThat(leases.replace(GENERATION, stored, stored.renewed()).block())
                    .isFalse();
            assertThat(leases.load(GENERATION).block()).isEqualTo(new Lease(2, "b", 0));
        }
    }

    private static long seconds(long seconds) {
        return millis(seconds * 1000);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
