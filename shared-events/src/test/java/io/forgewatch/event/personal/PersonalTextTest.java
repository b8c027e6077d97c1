package io.forgewatch.event.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class PersonalTextTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final PersonalSubject WORKS = PersonalSubject.fromWire("enterprise/GT3702110001");
    private static final Instant AT = Instant.parse("2026-11-24T03:15:00.250Z");

    @Provide
    Arbitrary<KeyName> names() {
        Arbitrary<PersonalSubject> subjects = Arbitraries.strings()
                .withChars("abcdefghijklmnopqrstuvwxyz0123456789._-")
                .ofMinLength(3)
                .ofMaxLength(32)
                .map(PersonalSubject::account);
        return subjects.flatMap(whose ->
                Arbitraries.integers().between(1, Integer.MAX_VALUE).map(number -> new KeyName(whose, number)));
    }

    @Property(tries = 200)
    void given_any_text_and_key_when_sealed_then_it_opens_again_and_is_another_one_each_time(
            @ForAll("names") KeyName name,
            @ForAll @Size(32) byte[] secret,
            @ForAll @StringLength(max = 100) String given) {
        String text = new String(given.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        PersonalKey key = new PersonalKey(name, secret);

        PersonalText sealed = key.seal(text, RANDOM);

        assertThat(key.open(sealed)).isEqualTo(text);
        assertThat(sealed.key()).contains(name);
        assertThat(sealed).isNotEqualTo(key.seal(text, RANDOM));
        assertThat(key.fingerprint(text)).isEqualTo(key.fingerprint(text)).hasSize(64);
        if (text.length() > 3) {
            assertThat(sealed.stored()).doesNotEndWith(text);
        }
    }

    @Property(tries = 200)
    void given_a_sealed_text_when_one_bit_of_it_is_changed_then_it_does_not_open(
            @ForAll("names") KeyName name, @ForAll @Size(32) byte[] secret, @ForAll int where) {
        PersonalKey key = new PersonalKey(name, secret);
        byte[] stored = key.seal("张伟", RANDOM).stored().getBytes(StandardCharsets.US_ASCII);
        // The last character holds bits that are no part of what it stands for.
        int place = Math.floorMod(where, stored.length - 1);
        stored[place] = (byte) (stored[place] == 'A' ? 'B' : 'A');

        PersonalText changed = new PersonalText(new String(stored, StandardCharsets.US_ASCII));

        assertThatIllegalArgumentException().isThrownBy(() -> key.open(changed));
    }

    @Property(tries = 100)
    void given_a_sealed_text_when_it_is_said_to_be_of_another_subject_or_number_then_its_key_does_not_open_it(
            @ForAll("names") KeyName name, @ForAll("names") KeyName other, @ForAll @Size(32) byte[] secret) {
        PersonalText sealed = new PersonalKey(name, secret).seal("张伟", RANDOM);
        PersonalText moved = new PersonalText(sealed.stored().replace(name.wire(), other.wire()));

        Assume.that(!name.equals(other));
        assertThatIllegalArgumentException().isThrownBy(() -> new PersonalKey(other, secret).open(moved));
        assertThatIllegalArgumentException().isThrownBy(() -> new PersonalKey(name, secret).open(moved));
    }

    @Property(tries = 100)
    void given_another_key_of_the_same_name_when_opened_then_it_is_refused(
            @ForAll("names") KeyName name, @ForAll @Size(32) byte[] secret) {
        byte[] other = secret.clone();
        other[0]++;
        PersonalText sealed = new PersonalKey(name, secret).seal("张伟", RANDOM);

        assertThatIllegalArgumentException().isThrownBy(() -> new PersonalKey(name, other).open(sealed));
        assertThat(new PersonalKey(name, other).fingerprint("张伟"))
                .isNotEqualTo(new PersonalKey(name, secret).fingerprint("张伟"));
    }

    @Example
    void given_what_only_begins_as_a_sealed_text_when_asked_for_its_key_then_it_is_refused() {
        for (String stored : new String[] {
            "personal/1:",
            "personal/1:x",
            "personal/1::",
            "personal/1:account/li#0:AAAA",
            "personal/1:account/li#01:AAAA",
            "personal/1:account/li#x:AAAA",
            "personal/1:device/li#1:AAAA",
            "personal/1:account/l i#1:AAAA",
            "personal/1:account/#1:AAAA"
        }) {
            assertThatIllegalArgumentException().as(stored).isThrownBy(() -> new PersonalText(stored).key());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PersonalKey(new KeyName(WORKS, 1), new byte[32])
                        .open(new PersonalText("personal/1:enterprise/GT3702110001#1:AAAA")));
    }

    /** Made with Python's cryptography and, byte for byte the same, with Node's crypto: the stored form is a promise for ever. */
    @Example
    void given_a_text_that_others_sealed_when_opened_then_it_reads_as_they_meant_it() {
        byte[] secret = new byte[32];
        for (int at = 0; at < secret.length; at++) {
            secret[at] = (byte) at;
        }
        PersonalKey key = new PersonalKey(KeyName.fromWire("account/zhang.wei#1"), secret);

        assertThat(key.open(new PersonalText(
                        "personal/1:account/zhang.wei#1:ZGVmZ2hpamtsbW5vrad-gsV2dmSDy81GwPnk-aaRclkFrQ")))
                .isEqualTo("张伟");
    }

    @Example
    void given_a_text_of_before_there_were_keys_when_read_then_it_is_the_text_itself() {
        PersonalText plain = PersonalText.plain("张伟");

        assertThat(plain.key()).isEmpty();
        assertThat(plain.stored()).isEqualTo("张伟");
        assertThat(plain).asString().doesNotContain("张伟");
    }

    @Example
    void given_an_event_with_a_sealed_text_when_written_and_read_then_it_is_a_string_and_the_same() {
        PersonalText sealed = new PersonalKey(new KeyName(WORKS, 2), new byte[32]).seal("张伟", RANDOM);
        FeedbackSubmitted event = new FeedbackSubmitted("GT3702110001-W7", 1, 1, "c", "m", sealed, AT, "zhang.wei", AT);

        byte[] json = EventJson.payload(event);

        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"person\":\"" + sealed.stored() + "\"");
        assertThat(EventJson.payload("FeedbackSubmitted", 2, json)).isEqualTo(event);
    }

    @Example
    void given_events_when_their_personal_texts_are_replaced_then_all_else_stays() {
        FeedbackSubmitted event =
                new FeedbackSubmitted("GT3702110001-W7", 1, 1, "c", "m", PersonalText.plain("张伟"), AT, "zhang.wei", AT);
        DomainEvent other = new FeedbackAccepted("GT3702110001-W7", 1, "li", AT);

        assertThat(PersonalFields.of(event)).containsExactly(PersonalText.plain("张伟"));
        assertThat(PersonalFields.with(event, text -> PersonalText.plain(PersonalText.ERASED)))
                .isEqualTo(new FeedbackSubmitted(
                        "GT3702110001-W7",
                        1,
                        1,
                        "c",
                        "m",
                        PersonalText.plain(PersonalText.ERASED),
                        AT,
                        "zhang.wei",
                        AT));
        assertThat(PersonalFields.of(other)).isEmpty();
        assertThat(PersonalFields.with(other, text -> PersonalText.plain("x"))).isSameAs(other);
    }

    @Example
    void given_a_key_when_printed_then_it_does_not_tell_itself() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 65);
        assertThat(new PersonalKey(new KeyName(WORKS, 1), secret))
                .asString()
                .isEqualTo("PersonalKey[enterprise/GT3702110001#1]");
    }
}
