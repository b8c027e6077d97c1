package io.forgewatch.command.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.fixture.SmallPlant;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Range;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlantDirectoryTest {

    private static final Range RANGE = new Range(0, 1.6);

    private final PlantDirectory directory = new PlantDirectory(told -> SmallPlant.SECRET);

    @BeforeEach
    void aPlant() {
        SmallPlant plant = new SmallPlant(new SecretSeal(new byte[32]));
        plant.after(0)
                .take(plant.head().block())
                .doOnNext(each -> directory.take(each.event()))
                .blockLast();
    }

    private static PointRangeSet told(String device, String indicator) {
        return new PointRangeSet(device, SmallPlant.STEEL, indicator, RANGE, "works", Instant.EPOCH);
    }

    private Device furnace() {
        return Objects.requireNonNull(directory.device(SmallPlant.FURNACE));
    }

    @Test
    void given_a_range_that_is_told_then_the_device_is_another_with_the_same_places_and_the_plant_has_it() {
        Device before = furnace();

        directory.take(told(SmallPlant.FURNACE, "BF_CW_P"));

        Device after = furnace();
        assertThat(after).isNotSameAs(before);
        assertThat(after.points()).extracting(MonitoringPoint::indicator).containsExactly("BF_CW_P", "BF_RELIEF_ILK");
        assertThat(after.points().getFirst().range()).isEqualTo(RANGE);
        assertThat(after.points().getFirst().spanHigh()).isEqualTo(1.6);
        assertThat(after.points().getLast()).isEqualTo(before.points().getLast());
        Plant plant = Objects.requireNonNull(directory.plant(SmallPlant.STEEL));
        assertThat(plant.size()).isEqualTo(1);
        assertThat(plant.device(plant.names().find(SmallPlant.FURNACE))).isSameAs(after);
    }

    @Test
    void given_a_device_or_point_that_is_not_there_then_nothing_changes() {
        directory.take(told(SmallPlant.STEEL + "010009", "BF_CW_P"));
        directory.take(told(SmallPlant.FURNACE, "BF_H2"));

        assertThat(directory.device(SmallPlant.STEEL + "010009")).isNull();
        assertThat(furnace().points()).extracting(MonitoringPoint::indicator).doesNotContain("BF_H2");
    }
}
