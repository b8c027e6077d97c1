package io.forgewatch.command.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class BulkheadTest {

    private final Bulkhead bulkhead = new Bulkhead(new Limits(2, 3, 2, 1), Schedulers.immediate());
    private final List<String> begun = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();

    private Disposable offer(String owner, String name, Mono<Void> work) {
        return bulkhead.inTurn(owner, Mono.<Void>defer(() -> {
                    begun.add(name);
                    return work;
                }))
                .subscribe(nothing -> {}, failed::add);
    }

    @Test
    void given_work_of_one_owner_when_the_first_is_under_way_then_the_second_waits_and_another_owner_does_not() {
        Sinks.Empty<Void> first = Sinks.empty();
        offer("A", "a1", first.asMono());
        offer("A", "a2", Mono.empty());
        offer("B", "b1", Mono.empty());
        assertThat(begun).containsExactly("a1", "b1");

        first.tryEmitEmpty();
        assertThat(begun).containsExactly("a1", "b1", "a2");
        assertThat(bulkhead.running()).isZero();
        assertThat(bulkhead.waiting()).isZero();
    }

    @Test
    void given_work_that_fails_when_it_has_then_its_owner_goes_on_and_it_is_told() {
        offer("A", "a1", Mono.error(new IllegalStateException("spilt coffee")));
        offer("A", "a2", Mono.empty());

        assertThat(begun).containsExactly("a1", "a2");
        assertThat(failed).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void given_a_storm_of_one_owner_when_others_come_then_it_holds_one_place_and_its_queue_is_bounded() {
        for (int i = 0; i < 5; i++) {
            offer("A", "a" + i, Mono.never());
        }
        offer("B", "b", Mono.never());

        assertThat(begun).containsExactly("a0", "b");
        assertThat(failed).hasSize(2).allSatisfy(full -> assertThat(full).isInstanceOf(FullException.class));
    }

    @Test
    void given_all_places_taken_when_they_wait_then_what_is_assured_is_left_to_an_owner_that_has_nothing_waiting() {
        offer("A", "a0", Mono.never());
        offer("B", "b0", Mono.never());
        for (String owner : List.of("A", "A", "C", "C", "D", "E")) {
            offer(owner, owner, Mono.never());
        }

        assertThat(failed).singleElement().isInstanceOf(FullException.class);
        assertThat(bulkhead.waiting()).isEqualTo(5);
    }

    @Test
    void given_work_that_waits_when_it_is_cancelled_then_it_is_never_begun_and_takes_no_place() {
        Sinks.Empty<Void> first = Sinks.empty();
        offer("A", "a1", first.asMono());
        Disposable second = offer("A", "a2", Mono.empty());
        offer("A", "a3", Mono.empty());
        second.dispose();
        assertThat(bulkhead.waiting()).isEqualTo(1);

        first.tryEmitEmpty();
        assertThat(begun).containsExactly("a1", "a3");
    }

    @Test
    void given_work_under_way_when_it_is_cancelled_then_the_next_is_begun() {
        Disposable first = offer("A", "a1", Mono.never());
        offer("A", "a2", Mono.empty());
        first.dispose();
        assertThat(begun).containsExactly("a1", "a2");
        assertThat(bulkhead.running()).isZero();
    }

    @Test
    void given_very_much_that_ends_at_once_when_offered_from_within_then_no_stack_overflows() {
        Bulkhead wide = new Bulkhead(new Limits(1, 100_000, 100_000, 1), Schedulers.immediate());
        Sinks.Empty<Void> first = Sinks.empty();
        wide.inTurn("A", first.asMono()).subscribe();
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            int each = i;
            wide.inTurn("A", Mono.fromRunnable(() -> done.add(each))).subscribe();
        }
        first.tryEmitEmpty();
        assertThat(done).hasSize(50_000).isSorted();
    }

    @Test
    void given_limits_that_are_none_when_made_then_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, -1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 1, 0));
    }

    @Test
    void given_a_full_bulkhead_when_asked_then_the_work_is_not_even_subscribed_to() {
        for (int i = 0; i < 3; i++) {
            offer("A", "a" + i, Mono.never());
        }
        assertThatExceptionOfType(FullException.class)
                .isThrownBy(() -> bulkhead.inTurn("A", Mono.<Void>error(() -> {
                            throw new AssertionError("begun");
                        }))
                        .block());
    }

    private Disposable of(Bulkhead one, String group, String owner, Mono<Void> work) {
        return one.inTurn(group, owner, Mono.<Void>defer(() -> {
                    begun.add(owner);
                    return work;
                }))
                .subscribe(nothing -> {}, failed::add);
    }

    @Test
    void given_a_group_of_which_enough_run_when_another_group_comes_then_that_goes_and_the_rest_as_one_ends() {
        Bulkhead grouped = new Bulkhead(new Limits(4, 10, 5, 1, 2), Schedulers.immediate());
        Sinks.Empty<Void> first = Sinks.empty();
        of(grouped, "A", "a1", first.asMono());
        for (String owner : List.of("a2", "a3", "a4")) {
            of(grouped, "A", owner, Mono.never());
        }
        of(grouped, "B", "b1", Mono.never());
        assertThat(begun).containsExactly("a1", "a2", "b1");
        assertThat(grouped.waiting()).isEqualTo(2);

        first.tryEmitEmpty();
        assertThat(begun).containsExactly("a1", "a2", "b1", "a3");
        assertThat(grouped.running()).isEqualTo(3);
    }

    @Test
    void given_one_that_is_held_for_its_group_when_it_is_cancelled_then_the_next_of_the_group_goes() {
        Bulkhead grouped = new Bulkhead(new Limits(4, 10, 5, 1, 1), Schedulers.immediate());
        Sinks.Empty<Void> first = Sinks.empty();
        of(grouped, "A", "a1", first.asMono());
        Disposable held = of(grouped, "A", "a2", Mono.never());
        Sinks.Empty<Void> third = Sinks.empty();
        of(grouped, "A", "a3", third.asMono());
        held.dispose();
        first.tryEmitEmpty();
        assertThat(begun).containsExactly("a1", "a3");
        third.tryEmitEmpty();
        of(grouped, "A", "a2", Mono.empty());
        assertThat(begun).containsExactly("a1", "a3", "a2");
        assertThat(grouped.running()).isZero();
        assertThat(grouped.waiting()).isZero();
    }

    @Test
    void given_one_that_has_its_groups_place_and_waits_for_others_when_it_is_cancelled_then_the_next_has_the_place() {
        Bulkhead grouped = new Bulkhead(new Limits(2, 10, 5, 1, 1), Schedulers.immediate());
        Sinks.Empty<Void> first = Sinks.empty();
        Sinks.Empty<Void> other = Sinks.empty();
        of(grouped, "A", "a1", first.asMono());
        Disposable waits = of(grouped, "A", "a2", Mono.never());
        of(grouped, "A", "a3", Mono.empty());
        of(grouped, "B", "b1", other.asMono());
        of(grouped, "C", "c1", Mono.never());
        first.tryEmitEmpty();
        assertThat(begun).containsExactly("a1", "b1", "c1");
        waits.dispose();
        other.tryEmitEmpty();
        assertThat(begun).containsExactly("a1", "b1", "c1", "a3");
        assertThat(grouped.waiting()).isZero();
    }
}
