package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What the topic of used numbers keeps, as bytes, and what is made of it at a start. */
class KeptWindowsProperties {

    private static final RefusalCode[] CODES = RefusalCode.values();

    private static UsedNumber used(long sequence, Random random) {
        int reach = 1 + random.nextInt(3);
        List<Frame.Refused> refused = IntStream.range(0, random.nextInt(4) == 0 ? random.nextInt(200) : 0)
                .filter(index -> index % reach != 1)
                .mapToObj(index -> new Frame.Refused(index * 3, CODES[random.nextInt(CODES.length)]))
                .toList();
        return new UsedNumber(
                new BodyDigest(random.nextLong(), random.nextLong()),
                new Answer(sequence, random.nextInt(2_001), refused),
                UsedNumber.SETTLED);
    }

    @Property(tries = 200)
    void given_any_window_when_its_bytes_are_read_then_it_is_the_same(
            @ForAll @Size(max = 1_024) List<Long> sequences, @ForAll long last, @ForAll boolean cut, @ForAll int seed) {
        Random random = new Random(seed);
        TreeSet<Long> ordered = new TreeSet<>(Long::compareUnsigned);
        ordered.addAll(sequences);
        KeptWindow window = new KeptWindow(
                last,
                cut,
                ordered.stream().map(sequence -> used(sequence, random)).toList());

        assertThat(KeptWindow.of(window.bytes())).isEqualTo(window);
    }

    @Property(tries = 300)
    void given_bytes_that_are_cut_or_changed_when_they_are_read_then_they_are_refused_or_another_window(
            @ForAll @Size(min = 1, max = 20) List<Long> sequences,
            @ForAll int seed,
            @ForAll @IntRange(max = 400) int where,
            @ForAll byte what) {
        Random random = new Random(seed);
        TreeSet<Long> ordered = new TreeSet<>(Long::compareUnsigned);
        ordered.addAll(sequences);
        byte[] bytes = new KeptWindow(
                        7,
                        false,
                        ordered.stream().map(one -> used(one, random)).toList())
                .bytes();
        byte[] shorter = Arrays.copyOf(bytes, where % bytes.length);
        assertThatThrownBy(() -> KeptWindow.of(shorter)).isInstanceOf(IllegalArgumentException.class);
        bytes[where % bytes.length] = what;
        try {
            assertThat(KeptWindow.of(bytes).numbers()).hasSizeLessThanOrEqualTo(UsedNumbers.SIZE);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    @Property
    void given_any_mark_when_its_bytes_are_read_then_it_is_the_same(
            @ForAll long position, @ForAll @Size(max = 50) Map<@IntRange(max = 9_999) Integer, Long> newest) {
        Map<String, Long> byGateway = new HashMap<>();
        newest.forEach((number, offset) -> byGateway.put("GT370211%04d-G1".formatted(number), offset));
        KeptMark mark = new KeptMark(position, byGateway);

        assertThat(KeptMark.of(mark.bytes())).isEqualTo(mark);
        assertThatThrownBy(() -> KeptMark.of(Arrays.copyOf(mark.bytes(), mark.bytes().length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] window(long last) {
        return new KeptWindow(last, false, List.of()).bytes();
    }

    private static Map<String, byte[]> topic(KeptMark mark, Map<String, byte[]> windows) {
        Map<String, byte[]> topic = new HashMap<>(windows);
        topic.put(new String(KeptMark.key(3), StandardCharsets.US_ASCII), mark.bytes());
        return topic;
    }

    @Example
    void given_windows_as_their_mark_says_when_a_door_starts_then_it_reads_from_the_mark_on() {
        KeptMark mark = new KeptMark(100, Map.of("A-G1", 40L, "A-G2", 99L));

        assertThat(KeptWindows.of(topic(mark, Map.of("A-G1", window(40), "A-G2", window(99))))
                        .start())
                .isEqualTo(100);
    }

    @Example
    void given_an_older_window_that_another_door_left_behind_when_a_door_starts_then_it_reads_from_that_window_on() {
        KeptMark mark = new KeptMark(100, Map.of("A-G1", 40L, "A-G2", 99L));

        assertThat(KeptWindows.of(topic(mark, Map.of("A-G1", window(40), "A-G2", window(60))))
                        .start())
                .isEqualTo(61);
    }

    @Example
    void given_no_mark_or_a_window_that_is_gone_or_of_newer_code_when_a_door_starts_then_it_looks_in_the_frames() {
        KeptMark mark = new KeptMark(100, Map.of("A-G1", 40L));
        byte[] newer = window(40);
        newer[0] = 9;

        assertThat(KeptWindows.of(Map.of("A-G1", window(40))).start()).isEqualTo(KeptWindows.UNKNOWN);
        assertThat(KeptWindows.of(topic(mark, Map.of())).start()).isEqualTo(KeptWindows.UNKNOWN);
        assertThat(KeptWindows.of(topic(mark, Map.of("A-G1", newer))).start()).isEqualTo(KeptWindows.UNKNOWN);
    }
}
