package io.forgewatch.command.detection;

import static io.forgewatch.command.fixture.SmallPlant.FURNACE;
import static io.forgewatch.command.fixture.SmallPlant.STEEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.MonitoringPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/** All of one partition: what stands before it begins, what comes, and whose clock counts. */
class PartitionTest {

    private static final String OTHER = STEEL + "010002";
    private static final String POINT = "BF_CW_P";

    private final OnePartition partition = new OnePartition();

    private void registered(MonitoringPoint... points) {
        partition.directory.take(
                new DeviceRegistered(OTHER, STEEL, "01", "2号高炉", "炼铁", List.of(points), Instant.EPOCH));
    }

    private List<String> said() {
        return partition.said.stream()
                .map(signal -> signal.kind() + " " + signal.deviceId() + "." + signal.indicator() + " "
                        + (signal.fault() == null ? signal.limit() : signal.fault()))
                .distinct()
                .toList();
    }

    @Test
    void given_a_stored_device_with_a_point_of_which_no_rule_can_be_made_when_taken_over_then_all_else_is_judged() {
        registered(UnjudgedPointsTest.impossible("BF_CW_F"), Watched.point("01", POINT));
        partition.given(OTHER, new byte[] {0});
        partition.given(FURNACE, new byte[] {0});
        partition.taken();

        assertThat(partition.unjudged.named())
                .containsOnlyKeys(OTHER + ".BF_CW_F")
                .containsValue(Instant.ofEpochMilli(Watched.T0));
        partition.pass(3_000);
        partition.read(0, FURNACE, POINT, 0.15).read(0, OTHER, POINT, 0.1).pass(20_000);
        assertThat(said())
                .contains("BREACH " + FURNACE + "." + POINT + " LL", "BREACH " + OTHER + "." + POINT + " LL")
                .as("nobody judges it, though it was never read")
                .contains("BREACH " + OTHER + ".BF_CW_F FAILED");
        assertThat(partition.said)
                .filteredOn(signal -> signal.fault() == Fault.FAILED)
                .allMatch(signal -> signal.direction() == Direction.QUALITY);
    }

    /** That is the release's, and its instance must not seem ready. */
    @Test
    void given_many_stored_devices_when_none_of_them_can_be_watched_then_the_partition_is_not_taken_over() {
        for (int number = 10; number < 20; number++) {
            String id = STEEL + "0100" + number;
            partition.directory.take(new DeviceRegistered(
                    id, STEEL, "01", "高炉", "炼铁", List.of(UnjudgedPointsTest.impossible("BF_CW_F")), Instant.EPOCH));
            partition.given(id, new byte[] {0});
        }
        assertThatThrownBy(partition::taken).hasMessageContaining("Of 10 devices none");

        OnePartition withOne = new OnePartition();
        withOne.given(FURNACE, new byte[] {0});
        withOne.taken();
    }

    @Test
    void given_what_is_passed_over_when_asked_then_health_names_it_until_it_is_registered_well_or_goes_elsewhere() {
        DetectionStreams streams = new DetectionStreams(
                Mono.never(),
                () -> {
                    throw new IllegalStateException("not asked");
                },
                new java.util.Properties(),
                new StandingPartitions(),
                new FirstEvaluation(System::nanoTime),
                new io.forgewatch.standing.StandingStreams(
                        new io.micrometer.core.instrument.simple.SimpleMeterRegistry()));
        DetectionHealth health = new DetectionHealth(streams, partition.unjudged);
        registered(UnjudgedPointsTest.impossible("BF_CW_F"), Watched.point("01", POINT));
        partition.taken().read(0, OTHER, POINT, 0.5);
        assertThat(health.health().blockOptional().orElseThrow().getDetails())
                .extractingByKey("unjudged")
                .hasToString("{" + OTHER + ".BF_CW_F=" + Instant.ofEpochMilli(Watched.T0) + "}");
        assertThat(health.health().blockOptional().orElseThrow().getStatus()).isNotEqualTo(Status.UP);

        registered(Watched.point("01", "BF_CW_F"), Watched.point("01", POINT));
        partition.read(0, OTHER, POINT, 0.5);
        assertThat(partition.unjudged.named()).isEmpty();

        registered(UnjudgedPointsTest.impossible("BF_CW_F"), Watched.point("01", POINT));
        partition.read(0, OTHER, POINT, 0.5);
        assertThat(partition.unjudged.named()).hasSize(1);
        partition.close();
        assertThat(partition.unjudged.named()).isEmpty();
    }

    /** Else the breach would begin in a minute, and be told in a minute and a second. */
    @Test
    void
            given_a_door_whose_clock_is_a_minute_fast_when_a_value_is_beyond_then_its_delay_ends_by_the_clock_that_judges() {
        partition.taken().pass(3_000);

        partition.read(60_000, FURNACE, POINT, 0.15).pass(1_500);

        assertThat(said()).containsExactly("BREACH " + FURNACE + "." + POINT + " LL");
        assertThat(partition.said.getFirst().at())
                .isBetween(Instant.ofEpochMilli(Watched.T0), Instant.ofEpochMilli(partition.now));
        assertThat(Duration.between(
                        Instant.ofEpochMilli(partition.said.getFirst().onset()),
                        partition.said.getFirst().at()))
                .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
    }
}
