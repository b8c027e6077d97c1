package io.forgewatch.command.parking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderedIdsTest {

    /** More than a millisecond counts. */
    @Test
    void given_many_at_once_when_made_then_each_is_higher_than_the_one_before_as_text_too() {
        OrderedIds ids = new OrderedIds();
        List<UUID> made = Stream.generate(ids::next).limit(20_000).toList();
        assertThat(made).isSorted().doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        });
        assertThat(made.stream().map(UUID::toString)).isSorted();
    }
}
