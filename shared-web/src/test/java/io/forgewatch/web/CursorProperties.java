package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CursorProperties {

    @Property
    void givenParts_whenEncodedAndDecoded_thenTheyAreTheSame(@ForAll("parts") List<String> parts) {
        Cursor cursor = new Cursor(parts);
        assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
        assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
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
        byte[] bytes = Base64.getUrlDecoder().decode(new Cursor(parts).encode());
        bytes[Math.floorMod(place, bytes.length)] = with;
        isCursorOr400(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Property
    void givenOtherSpellings_whenDecoded_thenTheyAreRefused(@ForAll("parts") List<String> parts) {
        String text = new Cursor(parts).encode();
        String padded = text + "=";
        assertThatThrownBy(() -> Cursor.decode(padded)).isInstanceOf(Problem.class);
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

    private static void isCursorOr400(String text) {
        try {
            assertThat(Cursor.decode(text).encode()).isEqualTo(text);
        } catch (Problem problem) {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.code()).isEqualTo("invalid-parameter");
        }
    }
}
