package io.forgewatch.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.wirerope.RopeId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each id has one text, and each text is of one id or of none. */
class IdFormProperties {

    @Property
    void given_any_id_when_it_is_written_and_read_then_it_is_the_same_and_of_its_enterprise(
            @ForAll("ids") SubjectId id) {
        IdForm<?> form = formOf(id);

        assertThat(form.find(id.toString())).isEqualTo(Optional.of(id));
        assertThat(form.parse(id.toString())).isEqualTo(id);
        assertThat(id.toString()).startsWith(id.enterprise().value());
        assertThat(EnterpriseId.of(id.toString())).isEqualTo(id.enterprise());
    }

    @Property
    void given_any_id_when_it_is_kept_as_json_then_it_comes_back(@ForAll("ids") SubjectId id) {
        String kept = EventJson.MAPPER.writeValueAsString(id);

        assertThat(EventJson.MAPPER.readValue(kept, id.getClass())).isEqualTo(id);
        assertThat(EventJson.MAPPER.readTree(kept).has("enterprise")).isFalse();
    }

    @Property
    void given_an_id_when_forms_of_other_things_are_asked_then_none_takes_it_for_its_own(@ForAll("ids") SubjectId id) {
        assertThat(forms().stream()
                        .filter(form -> form.isOne(id.toString()))
                        .map(IdForm::type))
                .allMatch(id.getClass()::equals);
    }

    @Property
    void given_an_id_that_is_spoilt_when_it_is_looked_for_then_no_form_finds_it(
            @ForAll("ids") SubjectId id, @ForAll("spoilers") Spoiler spoiler) {
        String spoilt = spoiler.spoil(id.toString());

        assertThat(forms()).as(spoilt).noneMatch(form -> form.isOne(spoilt));
    }

    /** Also of texts that are nearly ids: whatever is found is written as it was given. */
    @Property(tries = 5_000)
    void given_any_text_when_an_id_is_found_then_that_is_its_text(@ForAll("nearIds") String text) {
        for (IdForm<?> form : forms()) {
            form.find(text).ifPresent(found -> assertThat(found).hasToString(text));
        }
    }

    /** Readers of bodies know a caller's fault by the method that throws. */
    @Property
    void given_what_is_no_id_when_it_is_parsed_then_the_form_itself_says_so(
            @ForAll("ids") SubjectId id, @ForAll("spoilers") Spoiler spoiler) {
        Throwable refused = catchThrowable(() -> formOf(id).parse(spoiler.spoil(id.toString())));

        assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(formOf(id).example());
        assertThat(refused.getStackTrace()[0].getMethodName()).isEqualTo("parse");
    }

    @Example
    void given_the_example_of_a_form_then_it_is_one() {
        assertThat(forms()).allMatch(form -> form.isOne(form.example()));
    }

    /** The stored shape of those that due dates, keys and snapshots hold. */
    @Example
    void given_ids_as_an_old_store_holds_them_when_they_are_read_then_they_are_what_they_were() {
        Map<String, SubjectId> stored = Map.of(
                "{\"value\":\"GT3702110001\"}", new EnterpriseId("GT3702110001"),
                "{\"value\":\"GT3702110001010001\"}", new DeviceId("GT3702110001010001"),
                "{\"value\":\"GT3702110001-G1\"}", new GatewayId("GT3702110001-G1"),
                "{\"enterpriseId\":\"GT3702110001\",\"number\":7}", new WarningId("GT3702110001", 7),
                "{\"deviceId\":\"GT3702110001010001\",\"indicator\":\"_\",\"direction\":\"STATE\",\"onset\":1}",
                        new AlarmId("GT3702110001010001", "_", Direction.STATE, 1));

        stored.forEach((json, id) -> {
            assertThat(EventJson.MAPPER.readValue(json, id.getClass())).isEqualTo(id);
            assertThat(EventJson.MAPPER.writeValueAsString(id)).isEqualTo(json);
        });
    }

    private static List<? extends IdForm<?>> forms() {
        return Arrays.stream(SubjectType.values())
                .flatMap(type -> type.form().stream())
                .toList();
    }

    private static IdForm<?> formOf(SubjectId id) {
        return forms().stream()
                .filter(form -> form.type() == id.getClass())
                .findFirst()
                .orElseThrow();
    }

    /** Makes of an id what is none. */
    private enum Spoiler {
        LEADING_ZERO {
            @Override
            String spoil(String id) {
                // Of the number or onset it ends with; of what has none the whole code, which is too long then.
                return id.replaceFirst("([0-9]+)$", "0$1");
            }
        },
        LINE_FEED {
            @Override
            String spoil(String id) {
                return id + "\n";
            }
        },
        BLANK_BEFORE {
            @Override
            String spoil(String id) {
                return " " + id;
            }
        },
        LOWER_CASE {
            @Override
            String spoil(String id) {
                return id.substring(0, 2).toLowerCase(java.util.Locale.ROOT) + id.substring(2);
            }
        },
        FULL_WIDTH_DIGIT {
            @Override
            String spoil(String id) {
                return id.substring(0, 5) + (char) (id.charAt(5) - '0' + '０') + id.substring(6);
            }
        },
        OTHER_INDUSTRY {
            @Override
            String spoil(String id) {
                return "AB" + id.substring(2);
            }
        },
        CUT {
            @Override
            String spoil(String id) {
                return id.substring(0, EnterpriseId.LENGTH - 1);
            }
        },
        NUL {
            @Override
            String spoil(String id) {
                return id + "\0";
            }
        },
        NOTHING {
            @Override
            String spoil(String id) {
                return "";
            }
        };

        abstract String spoil(String id);
    }

    @Provide
    static Arbitrary<Spoiler> spoilers() {
        return Arbitraries.of(Spoiler.class);
    }

    /** Of the letters, digits and marks that ids are made of, in lengths and orders that come near them. */
    @Provide
    static Arbitrary<String> nearIds() {
        Arbitrary<String> digits = Arbitraries.strings()
                .withChars("0019")
                .ofMinLength(9)
                .ofMaxLength(17);
        Arbitrary<String> tail = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.of("-W", "-G", "-R", "-C", "._.LOW.", ".A._.LOW.")
                        .flatMap(mark -> Arbitraries.strings()
                                .withChars("0019")
                                .ofMaxLength(10)
                                .map(number -> mark + number)));
        return Combinators.combine(Arbitraries.of("GT", "LJ", "G", ""), digits, tail)
                .as((industry, code, own) -> industry + code + own);
    }

    @Provide
    static Arbitrary<SubjectId> ids() {
        Arbitrary<EnterpriseId> works = Arbitraries.strings()
                .numeric()
                .ofLength(10)
                .flatMap(digits -> Arbitraries.of("GT" + digits, "LJ" + digits))
                .map(EnterpriseId::new);
        Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 999_999_999);
        Arbitrary<DeviceId> devices = Combinators.combine(
                        works, Arbitraries.strings().numeric().ofLength(6))
                .as((enterprise, own) -> new DeviceId(enterprise + own));
        Arbitrary<GatewayId> gateways = Combinators.combine(works, numbers)
                .as((enterprise, number) -> new GatewayId(enterprise + "-G" + number));
        Arbitrary<String> subjects = Arbitraries.oneOf(
                works.map(EnterpriseId::toString), devices.map(DeviceId::toString), gateways.map(GatewayId::toString));
        return Arbitraries.oneOf(
                works.map(SubjectId.class::cast),
                devices.map(SubjectId.class::cast),
                gateways.map(SubjectId.class::cast),
                Combinators.combine(works, numbers)
                        .as((enterprise, number) -> new WarningId(enterprise.value(), number)),
                Combinators.combine(devices, numbers).as(RopeId::new),
                Combinators.combine(
                                subjects,
                                Arbitraries.strings()
                                        .withChars("ABZ09_")
                                        .ofMinLength(1)
                                        .ofMaxLength(40),
                                Arbitraries.of(Direction.class),
                                Arbitraries.longs().between(0, 999_999_999_999_999L))
                        .as(AlarmId::new));
    }
}
