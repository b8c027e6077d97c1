package io.forgewatch.command.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class PasswordLanesTest {

    private final PasswordLanes lanes = new PasswordLanes(2);
    private final List<String> begun = new ArrayList<>();

    /** Work that is under way until its sink says so. */
    private Sinks.Empty<Void> work(Lane lane, String whose, String name) {
        Sinks.Empty<Void> end = Sinks.empty();
        lanes.in(lane, whose, under(name, end)).subscribe(done -> {}, failure -> begun.add(name + " refused"));
        return end;
    }

    private Mono<Void> under(String name, Sinks.Empty<Void> end) {
        return Mono.defer(() -> {
            begun.add(name);
            return end.asMono();
        });
    }

    @Test
    void givenStrangersFillTheirPlace_whenAKnownOneComes_thenItBeginsAtOnce() {
        work(Lane.UNKNOWN, "n1", "stranger 1");
        work(Lane.UNKNOWN, "n2", "stranger 2");
        assertThat(begun).containsExactly("stranger 1");
        work(Lane.KNOWN, "li", "known");
        assertThat(begun).containsExactly("stranger 1", "known");
    }

    @Test
    void givenAllPlacesAreTaken_whenOneIsFree_thenTheBetterLaneGoesFirstAndEachInOrder() {
        Sinks.Empty<Void> first = work(Lane.KNOWN, "a", "a");
        Sinks.Empty<Void> second = work(Lane.KNOWN, "b", "b");
        work(Lane.UNKNOWN, "n", "stranger");
        Sinks.Empty<Void> suspect = work(Lane.SUSPECT, "c", "suspect");
        Sinks.Empty<Void> d = work(Lane.KNOWN, "d", "d");
        Sinks.Empty<Void> e = work(Lane.KNOWN, "e", "e");
        assertThat(begun).containsExactly("a", "b");
        first.tryEmitEmpty();
        second.tryEmitEmpty();
        assertThat(begun).containsExactly("a", "b", "d", "e");
        d.tryEmitEmpty();
        assertThat(begun).endsWith("suspect");
        e.tryEmitEmpty();
        assertThat(begun).as("a place is left to who is known").endsWith("suspect");
        suspect.tryEmitEmpty();
        assertThat(begun).endsWith("suspect", "stranger").hasSize(6);
    }

    @Test
    void givenAFloodOfSuspects_whenAStrangerComes_thenTheyTakeTurnsAndAKnownOneBeginsAtOnce() {
        List<Sinks.Empty<Void>> suspects = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            suspects.add(work(Lane.SUSPECT, "s" + n, "suspect " + n));
        }
        Sinks.Empty<Void> stranger = work(Lane.UNKNOWN, "n", "stranger");
        work(Lane.UNKNOWN, "n", "another stranger");
        assertThat(begun).containsExactly("suspect 0");

        suspects.getFirst().tryEmitEmpty();
        assertThat(begun).containsExactly("suspect 0", "stranger");
        work(Lane.KNOWN, "li", "known");
        assertThat(begun).endsWith("known");
        stranger.tryEmitEmpty();
        assertThat(begun).endsWith("suspect 1");
        suspects.get(1).tryEmitEmpty();
        assertThat(begun).endsWith("another stranger");
    }

    @Test
    void givenOneNetworkHasALongLine_whenAnotherComes_thenTheyTakeTurns() {
        Sinks.Empty<Void> first = work(Lane.UNKNOWN, "n", "n0");
        Sinks.Empty<Void> second = work(Lane.UNKNOWN, "n", "n1");
        work(Lane.UNKNOWN, "n", "n2");
        Sinks.Empty<Void> other = work(Lane.UNKNOWN, "other", "other");
        first.tryEmitEmpty();
        second.tryEmitEmpty();
        other.tryEmitEmpty();
        assertThat(begun).containsExactly("n0", "n1", "other", "n2");
    }

    @Test
    void givenAFullLane_whenAnotherComes_thenTheLongestLineGivesWayAndItsOwnAreRefused() {
        Sinks.Empty<Void> first = work(Lane.UNKNOWN, "n", "under way");
        for (int n = 0; n < PasswordLanes.LANE; n++) {
            work(Lane.UNKNOWN, "n", "n" + n);
        }
        work(Lane.UNKNOWN, "n", "too many");
        assertThat(begun).containsExactly("under way", "too many refused");
        Sinks.Empty<Void> other = work(Lane.UNKNOWN, "other", "other");
        assertThat(begun).endsWith("n" + (PasswordLanes.LANE - 1) + " refused");
        first.tryEmitEmpty();
        assertThat(begun).endsWith("n0");
        assertThat(other.currentSubscriberCount()).isZero();
    }

    @Test
    void givenALaneFullOfSingles_whenAnotherComes_thenItIsRefusedAndTheOtherLanesAreOpen() {
        work(Lane.UNKNOWN, "under way", "under way");
        for (int n = 0; n < PasswordLanes.LANE; n++) {
            work(Lane.UNKNOWN, "n" + n, "waiting " + n);
        }
        assertThatThrownBy(() -> lanes.in(Lane.UNKNOWN, "another", Mono.just(1)).block())
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(lanes.in(Lane.KNOWN, "li", Mono.just(1)).block()).isEqualTo(1);
    }

    @Test
    void givenWorkThatFails_whenOthersWait_thenItsPlaceIsFree() {
        for (int n = 0; n < 20; n++) {
            assertThatThrownBy(() -> lanes.in(Lane.UNKNOWN, "n", Mono.error(new IllegalStateException("no")))
                            .block())
                    .hasMessage("no");
        }
        assertThat(lanes.in(Lane.UNKNOWN, "n", Mono.empty()).block()).isNull();
        assertThat(lanes.in(Lane.UNKNOWN, "n", Mono.just("yes")).block()).isEqualTo("yes");
    }

    /** Else whoever asks and goes away at once would have more checked at a time than there are places. */
    @Test
    void givenSomebodyGoesAway_whenTheWorkIsUnderWay_thenItKeepsItsPlaceUntilItEnds() {
        Sinks.Empty<Void> end = Sinks.empty();
        Disposable gone = lanes.in(Lane.UNKNOWN, "n", under("first", end)).subscribe();
        work(Lane.UNKNOWN, "n", "second");
        gone.dispose();
        assertThat(begun).containsExactly("first");
        assertThat(end.currentSubscriberCount()).isOne();
        end.tryEmitEmpty();
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void givenWorkThatNeverEnds_whenItsTimeIsOver_thenItAndWhoWaitedTooLongAreGivenUp() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            List<Throwable> failures = new ArrayList<>();
            lanes.in(Lane.UNKNOWN, "n", Mono.never()).subscribe(never -> {}, failures::add);
            lanes.in(Lane.UNKNOWN, "n", Mono.never()).subscribe(never -> {}, failures::add);
            time.advanceTimeBy(java.time.Duration.ofSeconds(60));
            assertThat(failures).hasSize(2);
            assertThat(failures)
                    .allMatch(failure ->
                            failure instanceof TimeoutException || failure instanceof RejectedExecutionException);
            assertThat(lanes.in(Lane.UNKNOWN, "n", Mono.just(1)).block()).isEqualTo(1);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }
}
