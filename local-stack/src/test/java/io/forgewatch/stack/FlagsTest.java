package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {

    private static final List<Flag> KNOWN = List.of(new Flag("--fresh", false), new Flag("--home", true));

    private static Flags parse(String... arguments) {
        return Flags.parse("run", KNOWN, 1, List.of(arguments));
    }

    @Test
    void given_names_and_flags_in_any_order_when_read_then_all_are_there() {
        for (Flags flags : List.of(
                parse("all", "--fresh", "--home", "here"),
                parse("--home=here", "all", "--fresh"),
                parse("--fresh", "--home", "here", "all"))) {
            assertThat(flags.names()).containsExactly("all");
            assertThat(flags.has("--fresh")).isTrue();
            assertThat(flags.value("--home")).contains("here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fresh=1", "--fresh=false", "--fresh="})
    void given_a_value_for_a_flag_that_takes_none_when_read_then_it_is_refused(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--fresh takes no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--home", "--home=", "--home= "})
    void given_no_value_for_a_flag_that_takes_one_when_read_then_it_is_refused(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--home needs a value");
    }

    @Test
    void given_a_flag_in_place_of_a_value_when_read_then_no_folder_is_named_by_it() {
        assertThatThrownBy(() -> parse("--home", "--fresh"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--home needs a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--frsh", "-fresh", "--homes=x", "--"})
    void given_what_is_no_flag_when_read_then_those_that_are_are_named(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--fresh, --home");
    }

    @Test
    void given_a_name_too_many_when_read_then_it_is_refused() {
        assertThatThrownBy(() -> parse("one", "two"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'two'");
    }
}
