package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./forgewatch} itself: it answers what is asked wrongly, and what its verbs take, before it builds anything. */
@Timeout(120)
class ScriptTest {

    /** Where it would look for a JDK and Maven first: there are none, so that a build that begins all the same fails at once. */
    @TempDir
    Path nothing;

    private record Answer(int code, String text) {}

    private Answer asked(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("bash", Path.of("..", "forgewatch").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("FORGEWATCH_HOME", nothing.toString());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Answer(process.exitValue(), text.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "test", "bench", "trial", "openapi", "rebuild", "verify"})
    void given_a_verb_when_help_is_asked_for_in_any_way_then_it_is_the_page_of_the_verb(String verb) throws Exception {
        Answer page = asked("help", verb);
        assertThat(page.code()).isZero();
        assertThat(page.text()).startsWith("./forgewatch " + verb);
        assertThat(List.of(asked(verb, "--help"), asked(verb, "-h"))).containsOnly(page);
        HelpPage.of(verb).ifPresent(known -> assertThat(page.text()).isEqualTo(known.text()));
    }

    @Test
    void given_help_behind_other_flags_when_asked_then_nothing_else_is_done() throws Exception {
        assertThat(asked("run", "--fresh", "--help")).isEqualTo(asked("help", "run"));
        assertThat(asked("trial", "store-away", "-h")).isEqualTo(asked("help", "trial"));
        assertThat(asked()).isEqualTo(asked("--help")).isEqualTo(asked("help"));
        assertThat(asked("help").text()).isEqualTo(HelpPage.overview().text());
    }

    @ParameterizedTest
    @CsvSource({
        "run --frsh, --fresh",
        "run --fresh=1, takes no value",
        "run --no-demo=true, takes no value",
        "run --home --fresh, --home needs a value",
        "run --home=, --home needs a value",
        "run now, takes no 'now'",
        "bench --recrod, --record",
        "bench --record=yes, takes no value",
        "openapi --fresh, --home",
        "rebuild, Which view?",
        "rebuild all --fresh, --home",
        "verify --shop x, --shipped",
        "verify --keys, --keys needs a value",
        "trial nonsense, store-away",
        "trial store-away --secnds 3, --seconds",
        "trial store-away --cycles 3, --seconds",
        "nonsense, rebuild",
        "help nonsense, rebuild"
    })
    void given_what_a_verb_does_not_take_when_asked_then_it_is_refused_by_name_before_anything_is_built(
            String asked, String told) throws Exception {
        Answer answer = asked(asked.split(" "));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.text()).contains(told).doesNotContain("Building").doesNotContain("Maven");
        assertThat(answer.text().lines()).hasSize(1);
    }
}
