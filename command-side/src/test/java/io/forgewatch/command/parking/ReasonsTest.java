package io.forgewatch.command.parking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonsTest {

    /** Half of a pair can be sent to nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void given_a_long_reason_of_characters_outside_the_basic_plane_when_it_is_cut_then_between_two_of_them(
            String first) {
        String reason = Reasons.of(new IllegalStateException(first + "\ud840\udc00".repeat(600)));

        assertThat(reason).endsWith(" …").hasSizeLessThanOrEqualTo(502);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(reason)).isTrue();
    }
}
