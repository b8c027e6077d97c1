package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FootprintTest {

    private record Inner(String name, double value) {}

    private record State(
            @Nullable String note, List<Inner> all, Map<String, Inner> byName, Optional<Instant> at, long[] numbers) {}

    private static State state(int size) {
        List<Inner> all = IntStream.range(0, size)
                .mapToObj(n -> new Inner("inner" + n, n))
                .toList();
        return new State(
                null,
                all,
                all.stream().collect(Collectors.toMap(Inner::name, inner -> inner)),
                Optional.of(Instant.EPOCH),
                new long[size]);
    }

    @Property
    void a_larger_state_weighs_more_about_in_proportion(@ForAll @IntRange(min = 1, max = 400) int size) {
        int once = Footprint.of(state(size));
        int tenfold = Footprint.of(state(10 * size));

        assertThat(tenfold).isBetween(3 * once, 14 * once);
        // Two references, two names, two numbers and an entry for each, at least.
        assertThat(once).isGreaterThan(100 * size);
    }

    @Test
    void given_nothing_or_a_value_when_weighed_then_it_is_little_and_never_none() {
        assertThat(Footprint.of(null)).isEqualTo(1);
        assertThat(Footprint.of(4L)).isBetween(1, 64);
        assertThat(Footprint.of(new Inner("", 0))).isBetween(1, 200);
    }

    @Test
    void given_texts_when_weighed_then_they_weigh_what_they_are() {
        assertThat(Footprint.of("x".repeat(10_000))).isBetween(10_000, 21_000);
        assertThat(Footprint.of(Collections.nCopies(1_000, "x".repeat(1_000)))).isBetween(1_000_000, 2_200_000);
    }

    @Test
    void given_more_than_a_number_can_tell_when_weighed_then_it_is_the_largest_number() {
        List<String> much = Collections.nCopies(Integer.MAX_VALUE, "x".repeat(1_000));

        assertThat(Footprint.of(List.of(much, much))).isEqualTo(Integer.MAX_VALUE);
    }
}
