package io.forgewatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {

    private static final String NAME = "forgewatch.example/log/1";
    private static final SigningKey ED = key(NAME, SignatureAlgorithm.ED25519);
    private static final SigningKey SM = key(NAME, SignatureAlgorithm.SM2_SM3);
    private static final Note NOTE = Note.sign("One line.\n\nAnd another.\n", List.of(ED, SM));

    @Test
    void given_c2sps_example_when_checked_then_signed() {
        VerifierKey key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        Note note = Note.parse(utf8("""
                        This is an example message.

                        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
                        """));
        assertThat(note.check(List.of(key))).isEqualTo(new Note.Check.Signed(List.of(key)));
        Note other = new Note("This is an example message!\n", note.signatures());
        assertThat(other.check(List.of(key))).isEqualTo(new Note.Check.Forged(key));
    }

    @Test
    void given_the_standards_example_when_checked_then_sm2_holds() {
        // GB/T 32918.5, annex A.2: "message digest" under the usual user id.
        byte[] secret = HexFormat.of().parseHex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
        byte[] publicKey = HexFormat.of()
                .parseHex("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                        + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
        byte[] signature = HexFormat.of()
                .parseHex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                        + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
        assertThat(Sm2.publicKey(secret)).isEqualTo(publicKey);
        assertThat(Sm2.verifies(publicKey, utf8("message digest"), signature)).isTrue();
        signature[5] ^= 1;
        assertThat(Sm2.verifies(publicKey, utf8("message digest"), signature)).isFalse();
        assertThat(Sm2.verifies(publicKey, utf8("message digest"), new byte[63]))
                .isFalse();
        assertThat(Sm2.verifies(publicKey, utf8("message digest"), new byte[64]))
                .isFalse();
    }

    @Test
    void given_two_signatures_when_checked_then_each_known_key_counts_and_others_are_passed_over() {
        VerifierKey ed = ED.verifierKey();
        VerifierKey sm = SM.verifierKey();
        VerifierKey stranger = key(NAME, SignatureAlgorithm.ED25519).verifierKey();
        assertThat(NOTE.check(List.of(ed, sm))).isEqualTo(new Note.Check.Signed(List.of(ed, sm)));
        assertThat(NOTE.check(List.of(ed))).isEqualTo(new Note.Check.Signed(List.of(ed)));
        assertThat(NOTE.check(List.of(sm, stranger))).isEqualTo(new Note.Check.Signed(List.of(sm)));
        assertThat(NOTE.check(List.of(stranger))).isEqualTo(new Note.Check.UnknownSigner());
        assertThat(NOTE.check(List.of())).isEqualTo(new Note.Check.UnknownSigner());
    }

    @ParameterizedTest
    @EnumSource
    void given_a_signature_with_a_changed_byte_when_checked_then_forged(SignatureAlgorithm algorithm) {
        SigningKey key = key(NAME, algorithm);
        Note note = Note.sign("text\n", List.of(key));
        NoteSignature right = note.signatures().getFirst();
        for (int i = 0; i < right.signature().length; i++) {
            byte[] bytes = right.signature();
            bytes[i] ^= 1;
            Note changed = new Note(note.text(), List.of(new NoteSignature(right.name(), right.keyId(), bytes)));
            assertThat(changed.check(List.of(key.verifierKey()))).isEqualTo(new Note.Check.Forged(key.verifierKey()));
        }
        Note cut = new Note(note.text(), List.of(new NoteSignature(right.name(), right.keyId(), new byte[1])));
        assertThat(cut.check(List.of(key.verifierKey()))).isInstanceOf(Note.Check.Forged.class);
    }

    @Test
    void given_a_note_when_written_and_read_then_the_same() {
        assertThat(Note.parse(NOTE.bytes())).isEqualTo(NOTE);
        assertThat(new String(NOTE.bytes(), StandardCharsets.UTF_8))
                .startsWith("One line.\n\nAnd another.\n\n\u2014 forgewatch.example/log/1 ")
                .endsWith("=\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text",
                "text\n",
                "text\n\n",
                "text\n\n— name\n",
                "text\n\n- name AAAAAAA=\n",
                "text\n\n— name AAAAAA==\n",
                "text\n\n— name AAAAAAA=",
                "text\n\n— name  AAAAAAA=\n",
                "text\n\n— name AAAAAAA\n",
                "text\n\n— name AAAAAAB=\n",
                "text\n\n— na+me AAAAAAA=\n",
                "text\n\n—  AAAAAAA=\n",
                "te\txt\n\n— name AAAAAAA=\n",
                "te\rxt\n\n— name AAAAAAA=\n",
                "text\n\n— name AAAAAAA=\n\n",
                "text\n\n— name AAAAAAA=\r\n",
                "text\n\n— name AAAAAAA= x\n"
            })
    void given_what_is_no_note_when_read_then_refused(String text) {
        assertThatThrownBy(() -> Note.parse(utf8(text))).isInstanceOf(LogFormatException.class);
    }

    @Property
    void given_any_bytes_when_read_then_refused_by_a_format_exception(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> Note.parse(bytes)).isInstanceOf(LogFormatException.class);
    }

    @Test
    void given_very_many_signatures_when_read_then_refused_and_sixteen_are_not() {
        NoteSignature one = NOTE.signatures().getFirst();
        assertThat(new Note("t\n", Collections.nCopies(16, one)).signatures()).hasSize(16);
        assertThatThrownBy(() -> new Note("t\n", Collections.nCopies(65, one))).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> Note.parse(new byte[(1 << 20) + 1])).isInstanceOf(LogFormatException.class);
    }

    @ParameterizedTest
    @EnumSource
    void given_a_key_when_written_and_read_then_the_same(SignatureAlgorithm algorithm) {
        SigningKey key = key(NAME, algorithm);
        assertThat(VerifierKey.parse(key.verifierKey().encode())).isEqualTo(key.verifierKey());
        SigningKey again = SigningKey.parse(key.encode());
        assertThat(again.verifierKey()).isEqualTo(key.verifierKey());
        assertThat(Note.sign("t\n", List.of(again)).check(List.of(key.verifierKey())))
                .isInstanceOf(Note.Check.Signed.class);
        assertThat(key.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void given_an_sm2_key_when_written_then_type_identifier_and_uncompressed_point() {
        String vkey = SM.verifierKey().encode();
        byte[] typed = Base64.getDecoder().decode(vkey.split("\\+", 3)[2]);
        assertThat(typed).hasSize(1 + 21 + 65).startsWith(0xff);
        assertThat(new String(typed, 1, 22, StandardCharsets.US_ASCII)).isEqualTo("forgewatch/sm2-sm3/v1\u0004");
        assertThat(NOTE.signatures().get(1).signature()).hasSize(64);
    }

    @Test
    void given_what_is_no_key_when_read_then_refused() {
        String right = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        for (String wrong : List.of(
                "",
                "a+b",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                right.replace("530d903a", "530d903b"),
                right.replace("530d903a", "530D903A"),
                right.replace("example.com/foo", "example.com/bar"),
                right + "\n",
                right.replace("U2k", "U2l"),
                right.replace("foo", "f oo"),
                "example.com/foo+530d903a+AQ==",
                "example.com/foo+530d903a+" + "AnkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")) {
            assertThatThrownBy(() -> VerifierKey.parse(wrong)).as(wrong).isInstanceOf(LogFormatException.class);
        }
        byte[] point = SM.verifierKey().publicKey();
        point[40] ^= 1;
        assertThatThrownBy(() -> VerifierKey.of(NAME, SignatureAlgorithm.SM2_SM3, point))
                .isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> VerifierKey.of(NAME, SignatureAlgorithm.SM2_SM3, new byte[65]))
                .isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> SigningKey.parse(ED.encode().replace("PRIVATE", "PUBLIC")))
                .isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> SigningKey.parse(ED.encode().replace(NAME, NAME + "0")))
                .isInstanceOf(LogFormatException.class);
    }

    @Test
    void given_lines_of_keys_when_read_then_unknown_types_are_passed_over_and_nonsense_is_not() {
        List<VerifierKey> keys = List.of(ED.verifierKey(), SM.verifierKey());
        assertThat(VerifierKey.parseLines(VerifierKey.lines(keys))).isEqualTo(keys);
        String witness = "witness.example+12345678+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n\n";
        assertThat(VerifierKey.parseLines(witness + VerifierKey.lines(keys))).isEqualTo(keys);
        assertThatThrownBy(() -> VerifierKey.parseLines("nonsense\n")).isInstanceOf(LogFormatException.class);
    }

    static SigningKey key(String name, SignatureAlgorithm algorithm) {
        return SigningKey.generate(name, algorithm, new SecureRandom());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
