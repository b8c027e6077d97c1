package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedGatewayTest {

    private static final LoadedGateway.Point PRESSURE = new LoadedGateway.Point("GT3702110001010001", "BF_CW_P", 0.42);
    private static final LoadedGateway.Point TEMPERATURE =
            new LoadedGateway.Point("GT3702110001010001", "BF_TOP_T", 180);

    private final LoadedGateway gateway = new LoadedGateway(
            "GT3702110001-G1", new byte[32], List.of(PRESSURE, TEMPERATURE), 4, 1_764_030_000_000_000L);

    private String next() {
        return new String(gateway.request("localhost", 1_764_030_000_000L), StandardCharsets.US_ASCII);
    }

    @Test
    void given_a_held_point_when_frames_are_made_then_each_has_the_value_and_the_first_one_is_told_once() {
        assertThat(next()).doesNotContain("0.25000000");
        assertThat(gateway.sentFirst()).isEmpty();
        gateway.hold(0, 0.25);
        assertThat(gateway.sentFirst()).isEmpty();
        assertThat(next()).contains("\"value\":0.25000000");
        assertThat(gateway.sentFirst()).containsExactly(PRESSURE);
        assertThat(next()).contains("\"value\":0.25000000");
        assertThat(gateway.sentFirst()).isEmpty();
    }

    @Test
    void given_a_frame_that_was_not_taken_when_the_next_is_made_then_the_held_point_is_told_again() {
        gateway.hold(1, 260);
        assertThat(next()).contains("260.000000");
        gateway.notSent(gateway.sentFirst());
        assertThat(next()).contains("260.000000");
        assertThat(gateway.sentFirst()).containsExactly(TEMPERATURE);
    }
}
