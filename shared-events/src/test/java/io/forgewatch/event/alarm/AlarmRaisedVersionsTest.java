package io.forgewatch.event.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.equipment.Severity;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class AlarmRaisedVersionsTest {

    @Test
    void given_an_alarm_of_version_1_when_read_then_it_was_found_live_and_stands_for_its_own_point()
            throws IOException {
        AlarmRaised raised = read("AlarmRaised@1.json", 1);

        assertThat(raised.late()).isFalse();
        assertThat(raised.fault()).isNull();
        assertThat(raised.gateway()).isNull();
        assertThat(raised.points()).isEmpty();
        assertThat(raised.pointCount()).isZero();
        assertThat(raised.deviceId()).isEqualTo("GT3702110001010001");
        assertThat(raised.value()).isEqualTo(0.42);
    }

    @Test
    void given_alarms_of_data_then_only_those_of_severity_c_are_neither_scored_nor_waited_for() throws IOException {
        AlarmRaised ofTheWorks = read("AlarmRaised@2.json", 2);

        assertThat(ofTheWorks.severity()).isEqualTo(Severity.C);
        assertThat(ofTheWorks.ofDataOnly()).isTrue();
        assertThat(read("AlarmRaised@1.json", 1).ofDataOnly()).isFalse();
    }

    private static AlarmRaised read(String golden, int version) throws IOException {
        try (InputStream file =
                AlarmRaisedVersionsTest.class.getResourceAsStream("/io/forgewatch/event/golden/" + golden)) {
            assertThat(file).isNotNull();
            return (AlarmRaised) EventJson.payload("AlarmRaised", version, file.readAllBytes());
        }
    }
}
