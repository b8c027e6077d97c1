package io.forgewatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandSideTest {

    @Test
    void givenAStart_whenItFailsOrNot_thenAxonWasToldToKeepToItselfBefore() {
        System.clearProperty("axoniq.update-checker.disabled");
        assertThatThrownBy(() -> CommandSide.start(Map.of(
                        "server.port",
                        0,
                        "forgewatch.instance",
                        "test",
                        "forgewatch.security.token-public-key",
                        "none")))
                .isInstanceOf(RuntimeException.class);
        assertThat(System.getProperty("axoniq.update-checker.disabled")).isEqualTo("true");
    }
}
