package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackOptionsTest {

    @Test
    void given_nothing_when_read_then_all_is_as_usual() {
        StackOptions options = StackOptions.parse(List.of(), Map.of());
        assertThat(options.port(StackPort.COMMAND)).isEqualTo(8081);
        assertThat(options.port(StackPort.QUERY)).isEqualTo(8082);
        assertThat(options.home()).isEqualTo(Path.of(".forgewatch").toAbsolutePath());
        assertThat(options.fresh()).isFalse();
        assertThat(options.demonstration()).isTrue();
        assertThat(options.mongodbUri()).isEmpty();
        assertThat(options.sides()).isEqualTo(1);
    }

    @Test
    void given_flags_and_environment_when_read_then_flags_are_stronger() {
        StackOptions options = StackOptions.parse(
                List.of("--fresh", "--no-demo", "--command-port", "9001", "--kafka-port=9002"),
                Map.of("FORGEWATCH_COMMAND_PORT", "9003", "FORGEWATCH_QUERY_PORT", "9004"));
        assertThat(options.port(StackPort.COMMAND)).isEqualTo(9001);
        assertThat(options.port(StackPort.KAFKA)).isEqualTo(9002);
        assertThat(options.port(StackPort.QUERY)).isEqualTo(9004);
        assertThat(options.fresh()).isTrue();
        assertThat(options.demonstration()).isFalse();
    }

    @Test
    void given_a_value_for_fresh_when_read_then_nothing_is_deleted_by_guess() {
        assertThatThrownBy(() -> StackOptions.parse(List.of("--fresh=1"), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--fresh takes no value");
    }

    @Test
    void given_variables_that_are_set_to_nothing_when_read_then_all_is_as_usual() {
        StackOptions options =
                StackOptions.parse(List.of(), Map.of("FORGEWATCH_HOME", "", "FORGEWATCH_KAFKA_PORT", " "));
        assertThat(options.home()).isEqualTo(Path.of(".forgewatch").toAbsolutePath());
        assertThat(options.port(StackPort.KAFKA)).isEqualTo(StackPort.KAFKA.usual());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "many", ""})
    void given_no_port_when_read_then_it_is_refused_by_name(String value) {
        assertThatThrownBy(() -> StackOptions.parse(List.of("--query-port=" + value), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--query-port");
    }

    @Test
    void given_two_sides_when_read_then_there_are_two_on_ports_of_their_own() throws Exception {
        int command = FreePort.any();
        StackOptions options = StackOptions.parse(List.of("--sides", "2", "--command-port=" + command), Map.of());
        assertThat(options.sides()).isEqualTo(2);
        List<SideInstance> instances = SideInstance.of(options);
        assertThat(instances)
                .extracting(SideInstance::side)
                .containsExactly(StackPort.COMMAND, StackPort.QUERY, StackPort.COMMAND, StackPort.QUERY);
        assertThat(instances.getFirst().port()).isEqualTo(command);
        assertThat(instances).extracting(SideInstance::port).doesNotHaveDuplicates();
    }

    @Test
    void given_the_port_ten_above_is_taken_when_a_further_instance_is_planned_then_it_gets_another() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int first = taken.getLocalPort() - 10;
            assertThat(StackPort.further(first, 0)).isEqualTo(first);
            assertThat(StackPort.further(first, 1)).isNotEqualTo(taken.getLocalPort());
        }
        assertThat(StackPort.further(65_530, 1)).isBetween(1, 65_535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "two", "", "-1"})
    void given_no_number_of_sides_when_read_then_it_is_refused_by_name(String value) {
        assertThatThrownBy(() -> StackOptions.parse(List.of("--sides=" + value), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--sides");
    }

    @Test
    void given_an_unknown_flag_or_a_flag_without_value_when_read_then_it_is_refused() {
        assertThatThrownBy(() -> StackOptions.parse(List.of("--frsh"), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--frsh");
        assertThatThrownBy(() -> StackOptions.parse(List.of("--command-port"), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("needs a value");
    }
}
