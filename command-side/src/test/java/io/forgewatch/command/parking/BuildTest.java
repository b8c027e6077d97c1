package io.forgewatch.command.parking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {

    @TempDir
    Path folder;

    @Test
    void given_code_when_it_is_changed_renamed_or_the_same_then_so_is_the_build() throws IOException {
        Path code = Files.createDirectories(folder.resolve("a"));
        Files.writeString(code.resolve("Rule.class"), "if");
        Build first = Build.of(code);
        assertThat(Build.of(code)).isEqualTo(first);
        assertThat(Build.of(code.resolve("Rule.class"))).isNotEqualTo(first);

        Files.writeString(code.resolve("Rule.class"), "unless");
        Build second = Build.of(code);
        assertThat(second).isNotEqualTo(first);
        Files.move(code.resolve("Rule.class"), code.resolve("Law.class"));
        assertThat(Build.of(code)).isNotEqualTo(second).isNotEqualTo(first);
    }

    @Test
    void given_this_process_when_asked_then_its_build_is_always_the_same() {
        assertThat(Build.running()).isEqualTo(Build.running());
        assertThat(Build.running().version()).matches("[0-9a-f]{16}");
    }
}
