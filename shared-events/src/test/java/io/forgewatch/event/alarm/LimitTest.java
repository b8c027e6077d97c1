package io.forgewatch.event.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LimitTest {

    @Test
    void given_limits_of_a_direction_then_early_ones_are_below_inner_ones_and_those_below_outer_ones() {
        assertThat(Limit.L.above(Limit.RATE)).isTrue();
        assertThat(Limit.H.above(Limit.RATE)).isTrue();
        assertThat(Limit.LL.above(Limit.L)).isTrue();
        assertThat(Limit.HH.above(Limit.RATE)).isTrue();
        assertThat(Limit.RATE.above(Limit.L)).isFalse();
        assertThat(Limit.L.above(Limit.LL)).isFalse();
        assertThat(Arrays.stream(Limit.values()).noneMatch(limit -> limit.above(limit)))
                .isTrue();
    }

    @Test
    void given_every_direction_then_there_is_a_limit_of_it_and_rate_is_of_low_and_high() {
        for (Direction direction : Direction.values()) {
            assertThat(Limit.values()).anyMatch(limit -> limit.isOf(direction));
        }
        assertThat(Limit.RATE.isOf(Direction.LOW)).isTrue();
        assertThat(Limit.RATE.isOf(Direction.HIGH)).isTrue();
        assertThat(Limit.RATE.isOf(Direction.STATE)).isFalse();
        assertThat(Limit.FAULT.isOf(Direction.OFFLINE)).isFalse();
    }

    @Test
    void given_the_limits_then_a_person_is_asked_at_the_outer_ones_and_states_only() {
        assertThat(Arrays.stream(Limit.values()).filter(Limit::extreme))
                .containsExactlyInAnyOrder(Limit.LL, Limit.HH, Limit.STATE);
    }

    @Test
    void given_every_limit_fault_and_end_then_it_is_told_in_both_languages() {
        for (Limit limit : Limit.values()) {
            assertThat(AlarmWords.limit(limit).zh()).isNotBlank();
            assertThat(AlarmWords.limit(limit).en()).isNotBlank();
        }
        for (Fault fault : Fault.values()) {
            assertThat(AlarmWords.fault(fault).zh()).isNotBlank();
        }
        for (AlarmEvent.EndReason why : AlarmEvent.EndReason.values()) {
            assertThat(AlarmWords.end(why).en()).isNotBlank();
        }
        assertThat(AlarmWords.subject("GT3702110001-G12").zh()).isEqualTo("网关 12");
        assertThat(AlarmWords.subject("GT3702110001-ZBF-2").en()).isEqualTo("area BF-2");
        assertThat(AlarmWords.subject("GT3702110001").en()).isEqualTo("the works");
        assertThat(AlarmWords.subject("GT3702110001010007").zh()).isEqualTo("0007");
        assertThat(AlarmWords.indicator("ROPE").en()).isEqualTo("wire rope to be discarded");
        assertThat(AlarmWords.indicator("NEVER_HEARD_OF").zh()).isEqualTo("NEVER_HEARD_OF");
        assertThat(AlarmWords.indicator("_").zh()).isEmpty();
    }
}
