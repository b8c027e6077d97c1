package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.equipment.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One point of a device that can't be evaluated, and the others of it. */
class UnjudgedPointsTest {

    private static final String P = "BF_CW_P";
    private static final String F = "BF_CW_F";

    /** A point of which no rule can be made: what was kept of it has no limits at all. */
    static MonitoringPoint impossible(String indicator) {
        return new MonitoringPoint(
                indicator,
                PointKind.AI,
                "m³/h",
                Severity.A,
                null,
                Gate.IN_SERVICE,
                new Range(0, 100),
                null,
                false,
                5,
                2,
                1_000,
                1_000,
                "P");
    }

    @Test
    void
            given_one_reading_each_and_then_silence_when_the_first_point_fails_then_the_delay_of_the_other_ends_all_the_same() {
        Watched furnace = Watched.of("01", P, F).read(0, P, 0.1).read(0, F, 1);
        furnace.unspeakable.add(P);

        furnace.tick(5_000);

        assertThat(furnace.told()).containsExactly("BREACH LL 0");
        assertThat(furnace.said.getFirst().direction()).isEqualTo(io.forgewatch.event.alarm.Direction.LOW);
        assertThat(furnace.failed).containsExactly("TIME " + P);
    }

    @Test
    void
            given_a_point_that_failed_when_time_passes_then_it_is_tried_again_after_half_a_minute_and_not_with_every_tick() {
        Watched furnace = Watched.of("01", P).read(0, P, 0.1);
        furnace.unspeakable.add(P);
        furnace.tick(5_000);
        assertThat(furnace.live().device().due(furnace.live()))
                .isEqualTo(Watched.T0 + 5_000 + BrokenPoints.AGAIN_MILLIS);
        furnace.unspeakable.clear();

        furnace.tick(5_000 + BrokenPoints.AGAIN_MILLIS - 1);
        assertThat(furnace.told()).isEmpty();
        furnace.tick(5_000 + BrokenPoints.AGAIN_MILLIS);

        assertThat(furnace.told()).containsExactly("BREACH LL 0");
        assertThat(furnace.failed).as("it is well again").isEmpty();
        assertThat(furnace.live().memory().broken().isAny()).isFalse();
    }

    @Test
    void given_a_gate_that_is_read_when_one_point_behind_it_fails_then_the_others_are_judged_all_the_same() {
        Watched pit = Watched.of("21", "AL_CASTING", "AL_CW_F", "AL_CW_TOUT").read(0, "AL_CASTING", 3);
        pit.read(100, "AL_CW_F", 1).read(100, "AL_CW_TOUT", 70);
        pit.unspeakable.add("AL_CW_F");

        pit.read(15_000, "AL_CASTING", 2);

        assertThat(pit.told()).as("of its outlet").containsExactly("BREACH HH 0");
        assertThat(pit.failed).containsExactly("TIME AL_CW_F");
    }

    @Test
    void
            given_a_point_of_which_no_rule_can_be_made_then_it_is_named_and_the_others_are_watched_each_with_its_own_state() {
        Watched furnace = Watched.of("01", impossible(F), Watched.point("01", P));

        assertThat(furnace.live().device().unbuilt()).containsOnlyKeys(F);
        furnace.read(0, P, 0.1).tick(5_000);
        assertThat(furnace.told()).containsExactly("BREACH LL 0");

        furnace.restarted(Watched.device("01", List.of(impossible(F), Watched.point("01", P))));
        assertThat(furnace.state(P).low().is(Side.Phase.BROKEN)).isTrue();
    }
}
