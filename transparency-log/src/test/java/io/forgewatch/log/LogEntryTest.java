package io.forgewatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LogEntryTest {

    private static final UUID ID = UUID.fromString("01936f5c-6e6a-7c3f-8a53-0d2f7a1b9c4e");
    private static final String TEXT = """
            forgewatch-log-entry/v1
            id 01936f5c-6e6a-7c3f-8a53-0d2f7a1b9c4e
            name WarningIssued
            version 1
            time 1764032400123456
            tag enterprise=320100-0001
            tag warning=预警 1
            metadata 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a
            payload 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            """;

    @Test
    void given_an_event_when_recorded_then_these_very_bytes() {
        LogEntry entry = LogEntry.of(
                ID,
                "WarningIssued",
                "1",
                1_764_032_400_123_456L,
                Set.of("warning=预警 1", "enterprise=320100-0001"),
                utf8("{}"),
                utf8("test"));
        assertThat(new String(entry.bytes(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
        assertThat(entry.leaf()).isEqualTo(Hash.leaf(utf8(TEXT)));
        assertThat(LogEntry.parse(utf8(TEXT))).isEqualTo(entry);
    }

    @Property
    void given_any_entry_when_written_and_read_then_the_same(@ForAll("entries") LogEntry entry) {
        byte[] bytes = entry.bytes();
        assertThat(LogEntry.parse(bytes)).isEqualTo(entry);
        assertThat(bytes).hasSizeLessThanOrEqualTo(LogEntry.MAX_BYTES);
    }

    @Property
    void given_any_entry_when_a_byte_is_changed_then_refused_or_another_entry(
            @ForAll("entries") LogEntry entry, @ForAll @IntRange(max = 4095) int place, @ForAll byte value) {
        byte[] bytes = entry.bytes();
        byte[] changed = bytes.clone();
        changed[place % bytes.length] = value;
        if (!Arrays.equals(bytes, changed)) {
            try {
                assertThat(LogEntry.parse(changed)).isNotEqualTo(entry);
            } catch (LogFormatException e) {
                assertThat(e.getMessage().length()).isLessThan(200);
            }
        }
    }

    @Property
    void given_any_bytes_when_read_then_refused_by_a_format_exception(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> LogEntry.parse(bytes)).isInstanceOf(LogFormatException.class);
    }

    @Test
    void given_an_entry_in_another_form_when_read_then_refused() {
        refused(TEXT + "\n");
        refused(TEXT.stripTrailing());
        refused(TEXT.replace("\n", "\r\n"));
        refused(TEXT.replace("id 01936f5c", "id 01936F5C"));
        refused(TEXT.replace("id 0", "id "));
        refused(TEXT.replace("time 1", "time 01"));
        refused(TEXT.replace("time 1", "time +1"));
        refused(TEXT.replace("version 1\n", ""));
        refused(TEXT.replace("version 1\n", "version \n"));
        refused(TEXT.replace("version 1", "version  1").replace("id ", "id  "));
        refused(TEXT.replace("tag enterprise=320100-0001\n", "tag warning=预警 1\n"));
        refused(TEXT.replace("tag enterprise=320100-0001\n", "tag z=1\n"));
        refused(TEXT.replace("tag enterprise=", "tag enterprise"));
        refused(TEXT.replace("payload 9f", "payload 9F"));
        refused(TEXT.replace("entry/v1", "entry/v2"));
        refused(TEXT + "more x\n");
        refused("");
    }

    @Test
    void given_tags_beyond_the_basic_plane_when_recorded_then_in_the_order_of_their_utf8() {
        // In UTF-16 the emoji would come first.
        LogEntry entry = new LogEntry(
                ID, "n", "1", 0, List.of("a=\uD83D\uDE00", "a=\uFF21"), Hash.ofEmptyTree(), Hash.ofEmptyTree());
        assertThat(entry.tags()).containsExactly("a=\uFF21", "a=\uD83D\uDE00");
    }

    @Test
    void given_what_no_entry_can_hold_when_recorded_then_refused() {
        assertThatThrownBy(() -> named("two\nlines")).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> named("")).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> named("\uD800")).isInstanceOf(LogFormatException.class);
        LogEntry longest = named("n".repeat(LogEntry.MAX_BYTES));
        assertThatThrownBy(longest::bytes)
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("at most 4096 bytes");
    }

    @Provide
    Arbitrary<LogEntry> entries() {
        Arbitrary<String> texts = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text -> text.chars().noneMatch(c -> c < ' ' || c == 0x7f || Character.isSurrogate((char) c)));
        Arbitrary<List<String>> tags = Combinators.combine(texts, texts)
                .as((key, value) -> key + "=" + value)
                .list()
                .ofMaxSize(8);
        Arbitrary<Hash> hashes =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(Hash::of);
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        texts,
                        texts,
                        Arbitraries.longs(),
                        tags,
                        hashes,
                        hashes)
                .as((high, low, name, version, at, tag, metadata, payload) ->
                        new LogEntry(new UUID(high, low), name, version, at, tag, metadata, payload));
    }

    private static LogEntry named(String name) {
        return LogEntry.of(ID, name, "1", 0, List.of(), new byte[0], new byte[0]);
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> LogEntry.parse(utf8(text))).isInstanceOf(LogFormatException.class);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
