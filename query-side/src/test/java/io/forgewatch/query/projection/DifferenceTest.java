package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    @Test
    void given_documents_that_say_the_same_when_compared_then_nothing_differs_whatever_width_numbers_have() {
        assertThat(Difference.of(Map.of("a", 1, "b", List.of(1.5, "x")), Map.of("b", List.of(1.5, "x"), "a", 1L)))
                .isEmpty();
        assertThat(Difference.of(null, null)).isEmpty();
    }

    @Test
    void given_documents_that_differ_when_compared_then_the_fields_are_named() {
        assertThat(Difference.of(
                        Map.of("a", 1, "b", Map.of("c", List.of(1, 2)), "gone", "x"),
                        Map.of("a", 1.25, "b", Map.of("c", List.of(1)), "new", "y")))
                .containsExactly("a", "b.c.1", "gone", "new");
    }

    @Test
    void given_a_document_on_one_side_only_when_compared_then_it_is_missing_or_unexpected() {
        assertThat(Difference.of(Map.of(), null)).containsExactly("missing");
        assertThat(Difference.of(null, Map.of())).containsExactly("unexpected");
    }

    @Test
    void given_very_different_documents_when_compared_then_a_few_fields_are_enough() {
        Map<String, Object> many =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "f" + i, i -> (Object) i));

        assertThat(Difference.of(many, Map.of())).hasSize(20);
    }
}
