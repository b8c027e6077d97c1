package io.forgewatch.command.eventstore.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.history.History.Acknowledged;
import io.forgewatch.command.eventstore.history.History.Begun;
import io.forgewatch.command.eventstore.history.History.Reading;
import io.forgewatch.command.eventstore.history.History.Stored;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A judge that finds nothing proves nothing: each kind of fault, once. */
class HistoryJudgeTest {

    private static final List<Begun> BEGUN =
            List.of(new Begun("a", 10), new Begun("b", 20), new Begun("c", 30), new Begun("d", 60));
    private static final List<Acknowledged> ACKNOWLEDGED =
            List.of(new Acknowledged("a", 1, 40), new Acknowledged("b", 2, 50));
    private static final List<Stored> STORED = List.of(new Stored(1, "a"), new Stored(2, "b"), new Stored(3, "d"));

    @Test
    void given_an_append_that_was_never_acknowledged_and_is_not_there_when_judged_then_nothing_is_wrong() {
        assertThat(faults(BEGUN, ACKNOWLEDGED, STORED, STORED)).isEmpty();
        assertThat(faults(BEGUN, ACKNOWLEDGED, STORED, STORED.subList(0, 2))).isEmpty();
    }

    @Test
    void given_an_acknowledged_append_is_missing_when_judged_then_it_is_named() {
        assertThat(faults(BEGUN, ACKNOWLEDGED, STORED.subList(0, 1), List.of()))
                .containsExactly("b was acknowledged at 2, where there is null");
    }

    @Test
    void given_a_gap_in_the_positions_when_judged_then_it_is_named() {
        assertThat(faults(BEGUN, List.of(), List.of(new Stored(1, "a"), new Stored(3, "b")), List.of()))
                .containsExactly("Position 2 is followed by 3");
    }

    @Test
    void given_an_append_twice_or_one_that_nobody_tried_when_judged_then_they_are_named() {
        assertThat(faults(
                        BEGUN,
                        List.of(),
                        List.of(new Stored(1, "a"), new Stored(2, "a"), new Stored(3, "x")),
                        List.of()))
                .containsExactly("a is there twice, again at 2", "x at 3 was never tried");
    }

    @Test
    void given_what_began_later_is_before_what_was_acknowledged_when_judged_then_it_is_named() {
        assertThat(faults(
                        BEGUN,
                        List.of(new Acknowledged("b", 2, 50)),
                        List.of(new Stored(1, "d"), new Stored(2, "b")),
                        List.of()))
                .containsExactly("d began after 2 was acknowledged and is at 1");
    }

    @Test
    void given_a_reader_that_skips_or_repeats_or_sees_another_event_when_judged_then_it_is_named() {
        assertThat(faults(BEGUN, ACKNOWLEDGED, STORED, List.of(STORED.get(0), STORED.get(2))))
                .containsExactly("reader was given 3 in place of 2");
        assertThat(faults(BEGUN, ACKNOWLEDGED, STORED, List.of(STORED.get(0), STORED.get(0))))
                .containsExactly("reader was given 1 in place of 2");
        assertThat(faults(BEGUN, ACKNOWLEDGED, STORED, List.of(new Stored(1, "c"))))
                .containsExactly("reader was given c at 1, where there is a");
    }

    private static List<String> faults(
            List<Begun> begun, List<Acknowledged> acknowledged, List<Stored> stored, List<Stored> seen) {
        return HistoryJudge.faults(new History(begun, acknowledged, stored, List.of(new Reading("reader", seen))));
    }
}
