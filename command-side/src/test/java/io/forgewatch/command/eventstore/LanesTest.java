package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {

    @Test
    void given_work_on_one_entity_when_much_comes_then_one_goes_after_the_other_in_order() {
        Lanes lanes = new Lanes(Duration.ofMinutes(1));
        List<Integer> begun = new ArrayList<>();
        List<CompletableFuture<Integer>> under = new ArrayList<>();
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            int number = n;
            results.add(lanes.inTurn("one", Work.PRESENT, () -> {
                begun.add(number);
                CompletableFuture<Integer> work = new CompletableFuture<>();
                under.add(work);
                return work;
            }));
        }

        for (int n = 0; n < 50; n++) {
            assertThat(begun).hasSize(n + 1);
            under.get(n).complete(n);
            assertThat(results.get(n)).isCompletedWithValue(n);
        }
        assertThat(begun).isSorted();
        assertThat(lanes.busy()).isZero();
    }

    @Test
    void given_a_lane_that_does_not_move_when_somebody_has_waited_long_enough_then_it_is_told_and_never_begun() {
        Lanes lanes = new Lanes(Duration.ofMillis(50));
        CompletableFuture<String> stuck = new CompletableFuture<>();
        AtomicInteger begun = new AtomicInteger();
        lanes.inTurn("one", Work.PRESENT, () -> stuck);

        CompletableFuture<String> late = lanes.inTurn("one", Work.PRESENT, () -> {
            begun.incrementAndGet();
            return CompletableFuture.completedFuture("late");
        });

        assertThatThrownBy(() -> late.orTimeout(30, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreBusyException.class);
        stuck.complete("done");
        assertThat(begun).hasValue(0);
        assertThat(lanes.inTurn("one", Work.PRESENT, () -> CompletableFuture.completedFuture("next")))
                .isCompletedWithValue("next");
        assertThat(lanes.busy()).isZero();
    }

    @Test
    void given_a_full_lane_when_another_comes_then_it_is_refused_and_other_lanes_go_on() {
        Lanes lanes = new Lanes(Duration.ofMinutes(1));
        CompletableFuture<String> stuck = new CompletableFuture<>();
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int n = 0; n < Lanes.LONGEST; n++) {
            waiting.add(lanes.inTurn("one", Work.PRESENT, () -> stuck));
        }

        assertThat(lanes.inTurn("one", Work.PRESENT, () -> stuck)).isCompletedExceptionally();
        assertThat(lanes.inTurn("other", Work.PRESENT, () -> CompletableFuture.completedFuture("other")))
                .isCompletedWithValue("other");
        stuck.complete("done");
        assertThat(waiting).allSatisfy(each -> assertThat(each).isCompletedWithValue("done"));
        assertThat(lanes.busy()).isZero();
    }

    @Test
    void given_work_that_fails_at_once_or_later_when_it_has_then_the_next_comes() {
        Lanes lanes = new Lanes(Duration.ofMinutes(1));

        assertThat(lanes.inTurn("one", Work.PRESENT, () -> {
                    throw new IllegalStateException("at once");
                }))
                .isCompletedExceptionally();
        assertThat(lanes.inTurn(
                        "one", Work.PRESENT, () -> CompletableFuture.failedFuture(new IllegalStateException("later"))))
                .isCompletedExceptionally();
        assertThat(lanes.busy()).isZero();
    }

    @Test
    void given_people_fill_their_half_of_a_lane_when_what_goes_on_by_itself_comes_then_it_finds_room_and_goes_ahead() {
        Lanes lanes = new Lanes(Duration.ofMinutes(1));
        CompletableFuture<String> first = new CompletableFuture<>();
        List<String> begun = new ArrayList<>();
        lanes.inTurn("one", Work.PEOPLE, () -> first);
        List<CompletableFuture<String>> people = new ArrayList<>();
        for (int n = 1; n < Lanes.MOST_OF_PEOPLE; n++) {
            people.add(lanes.inTurn("one", Work.PEOPLE, () -> noted(begun, "person")));
        }

        assertThat(lanes.inTurn("one", Work.PEOPLE, () -> noted(begun, "too many")))
                .isCompletedExceptionally();
        CompletableFuture<String> breach = lanes.inTurn("one", Work.PRESENT, () -> noted(begun, "breach"));
        CompletableFuture<String> lapse = lanes.inTurn("one", Work.PRESENT, () -> noted(begun, "return"));
        assertThat(breach).isNotDone();
        first.complete("first");

        assertThat(breach).isCompletedWithValue("breach");
        assertThat(lapse).isCompletedWithValue("return");
        assertThat(people).allSatisfy(each -> assertThat(each).isCompletedWithValue("person"));
        assertThat(begun).startsWith("breach", "return").hasSize(Lanes.MOST_OF_PEOPLE + 1);
        assertThat(lanes.busy()).isZero();
    }

    @Test
    void given_somebody_gave_up_when_another_comes_then_their_room_is_free() {
        Lanes lanes = new Lanes(Duration.ofMillis(20));
        CompletableFuture<String> stuck = new CompletableFuture<>();
        lanes.inTurn("one", Work.PEOPLE, () -> stuck);
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int n = 1; n < Lanes.MOST_OF_PEOPLE; n++) {
            waiting.add(lanes.inTurn("one", Work.PEOPLE, () -> CompletableFuture.completedFuture("late")));
        }
        assertThatThrownBy(() -> CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join())
                .hasCauseInstanceOf(EntityBusyException.class);

        CompletableFuture<String> next =
                lanes.inTurn("one", Work.PEOPLE, () -> CompletableFuture.completedFuture("next"));
        assertThat(next).isNotCompletedExceptionally();
        stuck.complete("done");
        assertThat(lanes.busy()).isZero();
    }

    private static CompletableFuture<String> noted(List<String> begun, String what) {
        begun.add(what);
        return CompletableFuture.completedFuture(what);
    }
}
