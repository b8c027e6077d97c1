package io.forgewatch.command.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.schedule.DueDateRows.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class HeldDatesTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final HeldDates held = new HeldDates(time, Duration.ofSeconds(25));

    @AfterEach
    void end() {
        time.dispose();
    }

    private static Due due(String key, String owner) {
        return new Due(key, Instant.EPOCH, "PressButton", "{}", 0, null, owner);
    }

    @Test
    void given_a_claim_that_is_not_extended_when_it_may_be_anothers_then_it_is_not_ours() {
        held.take(List.of(due("a", "A"), due("b", "A")), held.now());
        time.advanceTimeBy(Duration.ofSeconds(24));
        assertThat(held.areOurs(List.of("a", "b"))).isTrue();
        held.extended(List.of("a"), held.now());
        time.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(held.areOurs(List.of("a"))).isTrue();
        assertThat(held.areOurs(List.of("a", "b"))).isFalse();
    }

    @Test
    void given_many_of_one_owner_when_asked_then_it_is_busy_and_another_is_not_and_what_is_left_makes_room() {
        List<Due> many = IntStream.range(0, 16).mapToObj(i -> due("a" + i, "A")).toList();
        held.take(many, held.now());
        held.take(List.of(due("b", "B")), held.now());
        assertThat(held.busy()).containsExactly("A");
        assertThat(held.room()).isEqualTo(2_048 - 17);
        held.leave(List.of("a0"));
        assertThat(held.busy()).isEmpty();
        held.extended(List.of("a0"), held.now());
        assertThat(held.areOurs(List.of("a0"))).isFalse();
        assertThat(held.keys()).hasSize(16);
    }
}
