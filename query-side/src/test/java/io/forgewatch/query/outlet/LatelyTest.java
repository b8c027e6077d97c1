package io.forgewatch.query.outlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatelyTest {

    private final Lately<String> lately = new Lately<>(3);

    private static Entry<String> at(long position) {
        return new Entry<>(position, null, "GT3702110001", "what happened at " + position);
    }

    @Test
    void what_was_stored_here_is_known_without_the_store() {
        lately.begin(10);
        lately.keep(List.of(at(12), at(13)));
        lately.arrived(20);

        assertThat(lately.between(10, 20)).contains(List.of(at(12), at(13)));
        assertThat(lately.between(12, 20)).contains(List.of(at(13)));
        assertThat(lately.between(13, 20)).contains(List.of());
    }

    @Test
    void nothing_is_known_before_this_instance_folds() {
        assertThat(lately.between(0, 0)).isEmpty();

        lately.begin(10);

        assertThat(lately.between(9, 10)).isEmpty();
        assertThat(lately.between(10, 10)).contains(List.of());
    }

    @Test
    void what_is_stored_and_not_told_to_be_all_yet_is_not_known() {
        lately.begin(10);
        lately.keep(List.of(at(12)));

        assertThat(lately.between(10, 12)).isEmpty();
    }

    @Test
    void what_another_one_had_stored_is_asked_of_the_store() {
        lately.begin(10);
        lately.keep(List.of(at(15)));
        lately.foundUpTo(14); // it came again, and is in the store already
        lately.arrived(20);

        assertThat(lately.between(10, 20)).isEmpty();
        assertThat(lately.between(14, 20)).contains(List.of(at(15)));
    }

    @Test
    void what_another_one_folds_afterwards_is_asked_of_the_store() {
        lately.begin(10);
        lately.arrived(20);

        assertThat(lately.between(10, 21)).isEmpty();
    }

    @Test
    void who_is_further_behind_than_it_holds_is_referred_to_the_store() {
        lately.begin(0);
        lately.keep(List.of(at(1), at(2), at(3), at(4)));
        lately.arrived(4);

        assertThat(lately.between(0, 4)).isEqualTo(Optional.empty());
        assertThat(lately.between(1, 4)).contains(List.of(at(2), at(3), at(4)));
    }

    @Test
    void a_second_turn_begins_with_nothing() {
        lately.begin(0);
        lately.keep(List.of(at(1)));
        lately.arrived(1);

        lately.begin(1);

        assertThat(lately.between(0, 1)).isEmpty();
        assertThat(lately.between(1, 1)).contains(List.of());
    }
}
