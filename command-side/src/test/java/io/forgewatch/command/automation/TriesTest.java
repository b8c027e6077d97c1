package io.forgewatch.command.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.bulkhead.StoreTroubleException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class TriesTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Tries tries = new Tries(failure -> Mono.just(failure instanceof IOException), time);
    private final List<Throwable> failed = new ArrayList<>();

    @AfterEach
    void dispose() {
        time.dispose();
    }

    private void hangs(String owner) {
        tries.of(owner, Mono.never()).subscribe(nothing -> {}, failed::add);
    }

    private void pass(int seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    @Test
    void given_a_works_of_which_something_hung_when_more_hangs_then_that_takes_two_seconds_and_another_works_fifteen() {
        hangs("A");
        pass(14);
        assertThat(failed).isEmpty();
        pass(1);
        assertThat(failed).singleElement().isInstanceOf(PoisonException.class);

        hangs("A");
        hangs("B");
        pass(2);
        assertThat(failed).hasSize(2);
        pass(12);
        assertThat(failed).hasSize(2);
        pass(1);
        assertThat(failed).hasSize(3);
    }

    @Test
    void given_a_works_of_which_something_hung_when_something_succeeds_then_it_is_as_patient_as_before() {
        hangs("A");
        pass(15);
        tries.of("A", Mono.empty()).subscribe();
        hangs("A");
        pass(14);
        assertThat(failed).hasSize(1);
        pass(1);
        assertThat(failed).hasSize(2);
    }

    @Test
    void given_what_fails_and_does_not_hang_when_more_comes_then_nothing_changes() {
        tries.of("A", Mono.error(new IllegalStateException("spilt coffee"))).subscribe(nothing -> {}, failed::add);
        tries.of("B", Mono.error(new IOException("away"))).subscribe(nothing -> {}, failed::add);
        pass(15);
        assertThat(failed).hasSize(2).hasAtLeastOneElementOfType(StoreTroubleException.class);
        hangs("A");
        hangs("B");
        pass(14);
        assertThat(failed).hasSize(2);
    }
}
