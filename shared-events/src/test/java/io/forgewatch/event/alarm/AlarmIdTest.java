package io.forgewatch.event.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.EventJson;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmIdTest {

    @ParameterizedTest
    @CsvSource({
        "GT3702110001010001.BF_CW_P.LOW.1732440000100,GT3702110001010001,BF_CW_P,LOW,true",
        "LJ3702110001180001.RUNNING_BLIND.QUALITY.1732440000100,LJ3702110001180001,RUNNING_BLIND,QUALITY,true",
        "GT3702110001110001.ROPE.STATE.1,GT3702110001110001,ROPE,STATE,true",
        "GT3702110001-G1._.OFFLINE.1732440000100,GT3702110001-G1,_,OFFLINE,false",
        "GT3702110001-C12._.OFFLINE.0,GT3702110001-C12,_,OFFLINE,false",
        "GT3702110001-ZBF-2._.AREA.1732440000100,GT3702110001-ZBF-2,_,AREA,false",
        "GT3702110001._.QUALITY.1732440000100,GT3702110001,_,QUALITY,false"
    })
    void given_an_id_of_any_subject_when_read_then_its_parts_are_known_and_it_is_written_the_same(
            String text, String subject, String indicator, Direction direction, boolean ofADevice) {
        AlarmId id = AlarmId.FORM.parse(text);

        assertThat(id.subject()).isEqualTo(subject);
        assertThat(id.indicator()).isEqualTo(indicator);
        assertThat(id.direction()).isEqualTo(direction);
        assertThat(id.device().isPresent()).isEqualTo(ofADevice);
        assertThat(id.enterprise().value()).isEqualTo(text.substring(0, 12));
        assertThat(id).hasToString(text);
        assertThat(text).startsWith(id.point() + ".");
        assertThat(AlarmId.isSubject(subject)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GT3702110001010001.BF_CW_P.LOW",
                "GT3702110001010001.BF_CW_P.LOW.",
                "GT3702110001010001.BF_CW_P.LOW.-1",
                "GT3702110001010001.BF_CW_P.LOW.01",
                "GT3702110001010001.BF_CW_P.LOW.1732440000100000",
                "GT3702110001010001.bf_cw_p.LOW.1",
                "GT3702110001010001..LOW.1",
                "GT3702110001010001.BF_CW_P.DOWN.1",
                "GT370211000101000.BF_CW_P.LOW.1",
                "ZZ3702110001010001.BF_CW_P.LOW.1",
                "GT3702110001-G0._.OFFLINE.1",
                "GT3702110001-G01._.OFFLINE.1",
                "GT3702110001-G._.OFFLINE.1",
                "GT3702110001-G1234567890._.OFFLINE.1",
                "GT3702110001-W1._.OFFLINE.1",
                "GT3702110001-Z._.AREA.1",
                "GT3702110001-Zbf._.AREA.1",
                "GT3702110001-ZABCDEFGHIJKLMNOPQRSTU._.AREA.1",
                "GT3702110001010001-G1._.OFFLINE.1",
                "GT3702110001-G1._.OFFLINE.1\n"
            })
    void given_what_is_no_id_when_read_then_refused(String text) {
        assertThat(AlarmId.FORM.isOne(text)).isFalse();
        assertThatThrownBy(() -> AlarmId.FORM.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void given_any_id_when_written_and_read_then_it_is_the_same(@ForAll("ids") AlarmId id) {
        assertThat(AlarmId.FORM.parse(id.toString())).isEqualTo(id);
        assertThat(EventJson.MAPPER.readValue(EventJson.MAPPER.writeValueAsBytes(id), AlarmId.class))
                .isEqualTo(id);
    }

    @Test
    void given_an_id_as_due_dates_of_an_old_store_hold_it_when_read_then_its_device_is_the_subject() {
        String stored =
                "{\"deviceId\":\"GT3702110001010001\",\"indicator\":\"BF_CW_P\",\"direction\":\"LOW\",\"onset\":1}";

        AlarmId id = EventJson.MAPPER.readValue(stored, AlarmId.class);

        assertThat(id.subject()).isEqualTo("GT3702110001010001");
        assertThat(EventJson.MAPPER.writeValueAsString(id)).isEqualTo(stored);
    }

    @Provide
    static Arbitrary<AlarmId> ids() {
        Arbitrary<String> works = Arbitraries.strings()
                .numeric()
                .ofLength(10)
                .flatMap(digits -> Arbitraries.of("GT" + digits, "LJ" + digits));
        Arbitrary<String> own = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings().numeric().ofLength(6),
                Arbitraries.integers().between(1, 999_999_999).map(number -> "-G" + number),
                Arbitraries.integers().between(1, 999_999_999).map(number -> "-C" + number),
                Arbitraries.strings()
                        .withChars("ABZ09-")
                        .ofMinLength(1)
                        .ofMaxLength(20)
                        .map(code -> "-Z" + code));
        Arbitrary<String> indicators = Arbitraries.oneOf(
                Arbitraries.just(AlarmId.NONE),
                Arbitraries.strings().withChars("ABZ09_").ofMinLength(1).ofMaxLength(40));
        return Combinators.combine(
                        works,
                        own,
                        indicators,
                        Arbitraries.of(Direction.class),
                        Arbitraries.longs().between(0, 999_999_999_999_999L))
                .as((enterprise, part, indicator, direction, onset) ->
                        new AlarmId(enterprise + part, indicator, direction, onset));
    }
}
