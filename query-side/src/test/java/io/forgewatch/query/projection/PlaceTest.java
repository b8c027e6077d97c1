package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places, as people hold them, and where one goes on who holds one of a history that is gone. */
class PlaceTest {

    private static final long MOST = 999_999_999_999_999_999L;

    @Property
    void given_any_place_when_written_then_it_is_read_back(
            @ForAll @IntRange(min = 1, max = 999_999) int history, @ForAll @LongRange(max = MOST) long position) {
        Place place = new Place(history, position);

        assertThat(Place.fromWire(place.wire())).contains(place);
    }

    @Test
    void given_the_first_history_when_written_then_it_is_the_position_as_ever() {
        assertThat(new Place(1, 4711).wire()).isEqualTo("4711");
        assertThat(new Place(2, 4711).wire()).isEqualTo("2-4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "-1", "1-5", "0-5", "02-5", "2-", "2--5", "a-5", "2-5-6", " 5", "1234567-5", "1.5"})
    void given_what_was_never_written_when_read_then_it_is_none(String text) {
        assertThat(Place.fromWire(text)).isEmpty();
    }

    @Property
    void given_any_two_of_one_history_when_one_goes_on_in_another_then_order_and_what_is_common_are_kept(
            @ForAll @Size(max = 4) List<@LongRange(max = 100) Long> common,
            @ForAll @IntRange(min = 1, max = 5) int history,
            @ForAll @LongRange(max = 100) long one,
            @ForAll @LongRange(max = 100) long other) {
        Histories histories = new Histories(common);
        int of = Math.min(history, histories.now());
        Place first = histories.goingOn(new Place(of, Math.min(one, other)));
        Place second = histories.goingOn(new Place(of, Math.max(one, other)));

        assertThat(first.history()).isEqualTo(histories.now());
        assertThat(first).isLessThanOrEqualTo(second);
        assertThat(second.position()).isLessThanOrEqualTo(Math.max(one, other));
        common.stream()
                .skip(of - 1L)
                .forEach(fork -> assertThat(second.position()).isLessThanOrEqualTo(fork));
    }

    @Property
    void given_any_position_when_of_a_later_history_then_it_is_beyond_all_of_an_earlier_one(
            @ForAll @LongRange(max = MOST) long early, @ForAll @LongRange(max = MOST) long late) {
        assertThat(new Place(2, early).isBeyond(new Place(1, late))).isTrue();
    }
}
