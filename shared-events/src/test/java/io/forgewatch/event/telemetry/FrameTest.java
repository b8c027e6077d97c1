package io.forgewatch.event.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FrameTest {

    record Reading(int device, int indicator, long at, double value, byte quality) {}

    record Content(long arrival, long sequence, List<Reading> readings, List<Frame.Refused> refused) {}

    @Property(tries = 300)
    void givenAnyContent_whenWrittenAndRead_thenItIsTheSame(@ForAll("contents") Content content) {
        byte[] digest = new byte[32];
        new Random(content.sequence()).nextBytes(digest);

        Frame frame = Frame.of(written(content, digest));

        assertThat(frame.enterpriseId()).isEqualTo("GT3702110001");
        assertThat(frame.gatewayId()).isEqualTo("GT3702110001-G1");
        assertThat(frame.sequence()).isEqualTo(content.sequence());
        assertThat(frame.arrivedAtMillis()).isEqualTo(content.arrival());
        assertThat(frame.digest()).isEqualTo(digest);
        assertThat(frame.refused()).isEqualTo(content.refused());
        assertThat(frame.size()).isEqualTo(content.readings().size());
        assertThat(read(frame)).isEqualTo(content.readings());
    }

    @Property(tries = 300)
    void givenAFrameInAFormOfAnyVersion_whenLookedAt_thenOnlyALaterOneThanThisCodesNeedsNewerCode(
            @ForAll("contents") Content content, @ForAll byte version) {
        byte[] bytes = written(content, new byte[32]);
        assertThat(Frame.isOfNewerVersion(bytes)).isFalse();
        bytes[2] = version;

        assertThat(Frame.isOfNewerVersion(bytes)).isEqualTo((version & 0xff) > 1);
    }

    @Example
    void givenWhatIsNoFrame_whenLookedAt_thenItIsNoneOfNewerCodeEither() {
        assertThat(Frame.isOfNewerVersion(null)).isFalse();
        assertThat(Frame.isOfNewerVersion(new byte[0])).isFalse();
        assertThat(Frame.isOfNewerVersion(new byte[] {0x46, 0x57})).isFalse();
        assertThat(Frame.isOfNewerVersion(new byte[] {0x46, 0x56, 2, 0})).isFalse();
        assertThat(Frame.isOfNewerVersion(new Pulse(7).bytes())).isFalse();
    }

    @Property(tries = 500)
    void givenAFrameCutAnywhere_whenRead_thenItIsRefusedAndNothingElseHappens(
            @ForAll("contents") Content content, @ForAll Random random) {
        byte[] bytes = written(content, new byte[32]);
        byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));

        assertThatThrownBy(() -> read(Frame.of(cut))).isInstanceOf(FrameFormatException.class);
    }

    @Property(tries = 1_000)
    void givenAFrameWithBrokenBytes_whenRead_thenItIsReadOrRefusedAndNothingElseHappens(
            @ForAll("contents") Content content, @ForAll Random random) {
        byte[] bytes = written(content, new byte[32]);
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        try {
            read(Frame.of(bytes));
        } catch (FrameFormatException expected) {
            assertThat(expected).hasMessageMatching(".+");
        }
    }

    @Property(tries = 1_000)
    void givenAnyBytes_whenRead_thenTheyAreReadOrRefusedAndNothingElseHappens(@ForAll byte[] bytes) {
        byte[] framed = new byte[bytes.length + 3];
        framed[0] = 'F';
        framed[1] = 'W';
        framed[2] = 1;
        System.arraycopy(bytes, 0, framed, 3, bytes.length);

        assertThatThrownBy(() -> read(Frame.of(framed))).isInstanceOf(FrameFormatException.class);
    }

    @Example
    void givenTheMostReadings_whenOneMoreIsAdded_thenItIsRefused() {
        FrameWriter writer = new FrameWriter(0);
        for (int i = 0; i < Frame.MAX_READINGS; i++) {
            writer.add(0, 0, i, i, Quality.GOOD);
        }
        assertThatThrownBy(() -> writer.add(0, 0, 0, 0, Quality.GOOD)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] written(Content content, byte[] digest) {
        FrameWriter writer = new FrameWriter(content.arrival());
        for (int i = 0; i < 5; i++) {
            writer.device(("GT37021100010100" + i).getBytes(StandardCharsets.UTF_8));
            writer.indicator(("指标" + i).getBytes(StandardCharsets.UTF_8));
        }
        content.refused().forEach(one -> writer.refuse(one.index(), one.code()));
        content.readings()
                .forEach(one -> writer.add(one.device(), one.indicator(), one.at(), one.value(), one.quality()));
        return writer.write("GT3702110001", "GT3702110001-G1", content.sequence(), digest);
    }

    private static List<Reading> read(Frame frame) {
        List<Reading> list = new ArrayList<>();
        Readings readings = frame.readings();
        while (readings.next()) {
            assertThat(readings.deviceId()).isNotNull();
            assertThat(readings.indicator()).isNotNull();
            list.add(new Reading(readings.device(), readings.indicatorIndex(), readings.at(), readings.value(), (byte)
                    readings.quality()));
        }
        return list;
    }

    @Provide
    Arbitrary<Content> contents() {
        Arbitrary<Reading> reading = Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.longs(),
                        Arbitraries.doubles(),
                        Arbitraries.bytes().between((byte) 0, (byte) 8))
                .as(Reading::new);
        Arbitrary<Frame.Refused> refused = Combinators.combine(
                        Arbitraries.integers().between(0, 1_999), Arbitraries.of(RefusalCode.class))
                .as(Frame.Refused::new);
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        reading.list().ofMaxSize(700),
                        refused.list().ofMaxSize(30))
                .as(Content::new);
    }
}
