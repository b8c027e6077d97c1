package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trials, as short as they can be and still find something: a return that is told three times within 70 s and then never again
 * must be lost, and what is cleared a minute after its return must have had that minute.
 */
@Tag("trial")
@Timeout(600)
class TrialsTest {

    @TempDir
    Path home;

    @Test
    void given_fifty_alarms_when_their_values_return_while_the_store_refuses_then_every_alarm_ends() throws Exception {
        assertThat(run("store-away", "--seconds", "80", "--rounds", "refusing")).isZero();
    }

    @Test
    void given_alarms_when_their_values_return_while_the_store_hangs_then_every_alarm_ends() throws Exception {
        assertThat(run("store-away", "--seconds", "20", "--rounds", "frozen", "--points", "20"))
                .isZero();
    }

    @Test
    void given_alarms_when_their_values_return_while_the_gate_is_closed_then_every_alarm_ends() throws Exception {
        assertThat(run("gate-closed", "--seconds", "80", "--points", "20")).isZero();
    }

    @Test
    void given_one_good_reading_when_the_cable_is_cut_then_the_alarm_stays_until_good_readings_come() throws Exception {
        assertThat(run("cut-cable", "--seconds", "75")).isZero();
    }

    private int run(String... arguments) throws Exception {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        StackOptions beside = new StackOptions(
                home, Path.of("target", "postgres").toAbsolutePath(), Map.of(), false, false, Optional.empty());
        return TrialRun.of(List.of(arguments), beside, new Progress(System.out));
    }
}
