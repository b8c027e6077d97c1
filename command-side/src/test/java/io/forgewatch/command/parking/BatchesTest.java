package io.forgewatch.command.parking;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class BatchesTest {

    private final List<List<String>> written = new ArrayList<>();
    private final List<Sinks.Empty<Void>> ends = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    /** {@code <owner>/<key>/<what>}. */
    private final Batches<String> batches = new Batches<>(
            one -> one.substring(0, one.indexOf('/')), one -> one.substring(0, one.lastIndexOf('/')), batch -> {
                written.add(batch);
                ends.add(Sinks.empty());
                return ends.getLast().asMono();
            });

    private void write(String what) {
        batches.written(what).subscribe(nothing -> {}, failure -> told.add(what + " failed"), () -> told.add(what));
    }

    @Test
    void given_one_under_way_when_others_come_then_they_go_together_in_the_next_and_each_is_told() {
        write("a/1/x");
        write("a/2/x");
        write("b/1/x");
        assertThat(written).containsExactly(List.of("a/1/x"));

        ends.get(0).tryEmitEmpty();
        assertThat(told).containsExactly("a/1/x");
        assertThat(written).last().isEqualTo(List.of("a/2/x", "b/1/x"));
        ends.get(1).tryEmitEmpty();
        assertThat(told).containsExactly("a/1/x", "a/2/x", "b/1/x");
        assertThat(written).hasSize(2);
    }

    @Test
    void given_thousands_of_one_works_when_another_has_one_then_that_is_in_the_next_batch() {
        for (int i = 0; i < 5_000; i++) {
            write("storm/" + i + "/x");
        }
        write("other/1/x");
        ends.get(0).tryEmitEmpty();
        assertThat(written.get(1)).hasSize(256).contains("other/1/x");
        for (int i = 1; i < ends.size(); i++) {
            ends.get(i).tryEmitEmpty();
        }
        assertThat(told).hasSize(5_001);
        assertThat(written.stream().flatMap(List::stream).filter(one -> one.startsWith("storm")))
                .as("in order")
                .hasSize(5_000)
                .containsSubsequence("storm/0/x", "storm/1/x", "storm/2500/x", "storm/4999/x");
    }

    @Test
    void given_two_of_the_same_key_when_written_then_the_later_goes_in_a_later_batch() {
        write("a/0/x");
        write("a/1/x");
        write("a/1/y");
        ends.get(0).tryEmitEmpty();
        assertThat(written.get(1)).containsExactly("a/1/x");
        ends.get(1).tryEmitEmpty();
        assertThat(written.get(2)).containsExactly("a/1/y");
    }

    @Test
    void given_one_that_is_refused_for_what_is_in_it_when_written_with_others_then_they_are_written() {
        write("a/0/x");
        write("a/1/x");
        write("b/1/x");
        ends.get(0).tryEmitEmpty();
        ends.get(1).tryEmitError(new R2dbcDataIntegrityViolationException("no", "23514"));
        assertThat(written.get(2)).containsExactly("a/1/x");
        ends.get(2).tryEmitError(new R2dbcDataIntegrityViolationException("no", "23514"));
        assertThat(written.get(3)).containsExactly("b/1/x");
        ends.get(3).tryEmitEmpty();
        assertThat(told).containsExactly("a/0/x", "a/1/x failed", "b/1/x");
    }

    @Test
    void given_the_store_is_away_when_written_then_all_of_the_batch_are_told_and_the_next_goes_on() {
        write("a/0/x");
        write("a/1/x");
        ends.get(0).tryEmitError(new IOException("away"));
        assertThat(told).containsExactly("a/0/x failed");
        ends.get(1).tryEmitEmpty();
        assertThat(told).containsExactly("a/0/x failed", "a/1/x");
    }

    @Test
    void given_one_that_nobody_waits_for_any_more_when_its_turn_comes_then_it_is_not_written() {
        write("a/0/x");
        Mono<Void> given = batches.written("a/1/x");
        given.subscribe().dispose();
        write("a/2/x");
        ends.get(0).tryEmitEmpty();
        assertThat(written).last().isEqualTo(List.of("a/2/x"));
    }
}
