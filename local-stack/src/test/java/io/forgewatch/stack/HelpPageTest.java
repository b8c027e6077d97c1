package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages name what the program takes: nothing else is taken, and all of that is. */
class HelpPageTest {

    @Test
    void given_the_page_of_run_when_its_flags_are_read_then_they_are_those_of_a_stack() {
        List<Flag> flags = new ArrayList<>(List.of(
                new Flag("--fresh", false),
                new Flag("--no-demo", false),
                new Flag("--sides", true),
                new Flag("--home", true)));
        Arrays.stream(StackPort.values())
                .map(port -> new Flag(port.flag(), true))
                .forEach(flags::add);

        assertThat(HelpPage.of("run").orElseThrow().flags()).containsExactlyElementsOf(flags);
        for (StackPort port : StackPort.values()) {
            assertThat(HelpPage.of("run").orElseThrow().text())
                    .contains(", " + port.usual() + " unless told (" + port.variable() + ")");
            assertThat(StackOptions.parse(List.of(port.flag(), "4711"), Map.of())
                            .port(port))
                    .isEqualTo(4711);
        }
    }

    @Test
    void given_every_verb_when_its_page_is_read_then_it_begins_with_how_it_is_called_and_the_overview_names_it() {
        for (String verb : HelpPage.VERBS) {
            assertThat(HelpPage.of(verb).orElseThrow().text()).startsWith("./forgewatch " + verb);
            assertThat(HelpPage.overview().text()).contains("./forgewatch " + verb + " ");
        }
        assertThat(HelpPage.of("nonsense")).isEmpty();
        assertThat(HelpPage.of("../stack/help/run")).isEmpty();
    }
}
