package io.forgewatch.command.parking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {

    @TempDir
    Path folder;

    @Test
    void given_code_when_it_is_changed_renamed_or_the_same_then_so_is_the_build() throws IOException {
        Path code = Files.createDirectories(folder.resolve("a"));
        Files.writeString(code.resolve("Rule.class"), "if");
        Build first = of(code);
        assertThat(of(code)).isEqualTo(first);

        Files.writeString(code.resolve("Rule.class"), "unless");
        Build second = of(code);
        assertThat(second).isNotEqualTo(first);
        Files.move(code.resolve("Rule.class"), code.resolve("Law.class"));
        assertThat(of(code)).isNotEqualTo(second).isNotEqualTo(first);
    }

    private static Build of(Path... code) throws IOException {
        return Build.of(List.of(code));
    }

    private Path jar(String name, String rule, long madeAt) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            ZipEntry entry = new ZipEntry("Rule.class");
            entry.setTime(madeAt);
            out.putNextEntry(entry);
            out.write(rule.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void given_code_in_several_places_when_a_library_alone_is_changed_then_it_is_another_build() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("Door.class"), "open");
        Path events = jar("events.jar", "if", 1_700_000_000_000L);
        Build first = of(own, events);

        assertThat(of(own, jar("events.jar", "unless", 1_700_000_000_000L))).isNotEqualTo(first);
        assertThat(of(own)).isNotEqualTo(first);
        assertThat(of(jar("moved.jar", "if", 1_800_000_000_000L), own)).isEqualTo(first);
        assertThat(of(own, jar("events.jar", "if", 1_700_000_000_000L), folder.resolve("not-there.jar")))
                .isEqualTo(first);
    }

    @Test
    void given_this_process_when_asked_then_its_build_is_always_the_same() {
        assertThat(Build.running()).isEqualTo(Build.running());
        assertThat(Build.running().version()).matches("[0-9a-f]{16}");
    }
}
