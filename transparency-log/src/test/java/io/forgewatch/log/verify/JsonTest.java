package io.forgewatch.log.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.verify.Json.Items;
import io.forgewatch.log.verify.Json.Literal;
import io.forgewatch.log.verify.Json.Members;
import io.forgewatch.log.verify.Json.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void given_every_kind_of_value_when_read_then_it_is_what_was_written() {
        assertThat(read(" {\"a\" : [1, -0.5e+3 ,true,false,null, {}, [] ], \"\":\"x\"}\r\n\t"))
                .isEqualTo(new Members(Map.of(
                        "a",
                        new Items(List.of(
                                new Literal("1"),
                                new Literal("-0.5e+3"),
                                new Literal("true"),
                                new Literal("false"),
                                new Literal("null"),
                                new Members(Map.of()),
                                new Items(List.of()))),
                        "",
                        new Text("x"))));
        assertThat(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00张😀\""))
                .isEqualTo(new Text("\"\\/\b\f\n\r\té😀张😀"));
    }

    @Test
    void given_what_is_no_json_when_read_then_refused() {
        for (String wrong : List.of(
                "",
                " ",
                "nul",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "-",
                "NaN",
                "1 2",
                "1\0",
                "\uFEFF1",
                "'a'",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12",
                "\"a\nb\"",
                "\"\\ud83d\"",
                "\"\\ude00\\ud83d\"",
                "[",
                "[1",
                "[1,]",
                "[,1]",
                "[1}",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "// x\n1")) {
            assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(LogFormatException.class);
        }
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xff, '"'})).isInstanceOf(LogFormatException.class);
    }

    @Test
    void given_deep_nesting_when_read_then_refused_before_the_stack_ends() {
        assertThat(read("[".repeat(17) + "]".repeat(17))).isInstanceOf(Items.class);
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> read("{\"a\":".repeat(100_000))).isInstanceOf(LogFormatException.class);
    }

    private static Json read(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
