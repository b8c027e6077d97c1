package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CursorProperties {

    private static final ListMark LIST = ListMark.of("/devices", Map.of("region", List.of("37")));

    @Property
    void givenParts_whenEncodedAndDecoded_thenTheyAreTheSame(@ForAll("parts") List<String> parts) {
        Cursor cursor = new Cursor(parts);
        assertThat(Cursor.decode(cursor.encode(LIST), LIST)).isEqualTo(cursor);
        assertThat(cursor.encode(LIST)).matches("[A-Za-z0-9_-]+");
    }

    @Property
    void givenAnyText_whenDecoded_thenItIsACursorOrA400(@ForAll String text) {
        isCursorOr400(text);
    }

    @Property
    void givenAnyBytes_whenDecoded_thenItIsACursorOrA400(@ForAll byte[] bytes) {
        isCursorOr400(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Property
    void givenOneByteChanged_whenDecoded_thenItIsACursorOrA400(
            @ForAll("parts") List<String> parts, @ForAll int place, @ForAll byte with) {
        byte[] bytes = Base64.getUrlDecoder().decode(new Cursor(parts).encode(LIST));
        bytes[Math.floorMod(place, bytes.length)] = with;
        isCursorOr400(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Property
    void givenOtherSpellings_whenDecoded_thenTheyAreRefused(@ForAll("parts") List<String> parts) {
        String text = new Cursor(parts).encode(LIST);
        String padded = text + "=";
        assertThatThrownBy(() -> Cursor.decode(padded, LIST)).isInstanceOf(Problem.class);
    }

    @Property
    void givenAnotherList_whenItsCursorIsDecoded_thenItIsRefused(
            @ForAll("parts") List<String> parts, @ForAll("lists") ListMark other) {
        String text = new Cursor(parts).encode(LIST);
        assertThatThrownBy(() -> Cursor.decode(text, other))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("invalid-parameter"));
    }

    @Property
    void givenACursorOfTheLastRelease_whenDecoded_thenItIsTaken(
            @ForAll("parts") List<String> parts, @ForAll("lists") ListMark list) {
        Cursor cursor = new Cursor(parts);
        assertThat(Cursor.decode(unmarked(cursor), list)).isEqualTo(cursor);
    }

    @Example
    void givenAnotherPageOfTheSame_whenAsked_thenItIsTheSameList() {
        String text = Cursor.of("a").encode(LIST);
        Map<String, List<String>> next =
                Map.of("region", List.of("37"), "limit", List.of("7"), "cursor", List.of(text));
        assertThat(Cursor.decode(text, ListMark.of("/devices", next))).isEqualTo(Cursor.of("a"));
    }

    @Example
    void givenAPartOfAnotherKind_whenRead_thenItIsA400() {
        Cursor cursor = Cursor.of("abc");
        List.<Runnable>of(() -> cursor.number(0), () -> cursor.instant(0), () -> cursor.text(1))
                .forEach(read -> assertThatThrownBy(read::run)
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.status()).isEqualTo(400)));
    }

    @Provide
    Arbitrary<List<String>> parts() {
        return Arbitraries.strings()
                .withChars("aZ09-_.:/ \u0000\u00e9\u4e2d\uffff")
                .ofMaxLength(15)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<ListMark> lists() {
        return Arbitraries.of(
                ListMark.of("/warnings", Map.of("region", List.of("37"))),
                ListMark.of("/devices", Map.of()),
                ListMark.of("/devices", Map.of("region", List.of("3"), "level", List.of("7"))),
                ListMark.of("/devices", Map.of("region", List.of("3702"))),
                ListMark.of("/devices", Map.of("region", List.of("37"), "level", List.of("RED"))),
                ListMark.of("/devices", Map.of("region37", List.of())),
                ListMark.of("/devicesregion", Map.of("37", List.of())));
    }

    /** As the last release gave them out. */
    private static String unmarked(Cursor cursor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(1);
        cursor.parts().forEach(part -> {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            bytes.write(text.length >>> 8);
            bytes.write(text.length);
            bytes.writeBytes(text);
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void isCursorOr400(String text) {
        try {
            Cursor cursor = Cursor.decode(text, LIST);
            assertThat(text).isIn(cursor.encode(LIST), unmarked(cursor));
        } catch (Problem problem) {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.code()).isEqualTo("invalid-parameter");
        }
    }
}
