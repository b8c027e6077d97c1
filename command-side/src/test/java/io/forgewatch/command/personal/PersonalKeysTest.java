package io.forgewatch.command.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.security.SeededRandom;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.personal.PersonalKey;
import io.forgewatch.event.personal.PersonalSubject;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class PersonalKeysTest {

    private static final Instant AT = Instant.parse("2026-11-24T03:15:00Z");
    private static final PersonalSubject WORKS = PersonalSubject.fromWire("enterprise/GT3702110001");
    private static final PersonalSubject LI = PersonalSubject.account("li.ming");

    private final InMemoryKeyTable table = new InMemoryKeyTable();
    private final PersonalKeys keys = SomeKeys.keys(table);
    private final PersonalTexts texts = new PersonalTexts(keys);

    @Test
    void given_no_key_when_one_is_asked_for_then_it_is_made_once_and_remembered() {
        PersonalKey first = get(keys.current(WORKS));
        int looks = table.looks();

        assertThat(get(keys.current(WORKS)).name()).isEqualTo(first.name());
        assertThat(table.looks()).isEqualTo(looks);
        assertThat(get(SomeKeys.keys(table).current(WORKS)).open(first.seal("王", SeededRandom.make())))
                .isEqualTo("王");
        assertThat(get(keys.current(LI)).name().whose()).isEqualTo(LI);
    }

    @Test
    void given_sealed_texts_when_opened_then_they_read_as_they_were() {
        DomainEvent sealed = feedback(sealed("王"));

        assertThat(read(sealed)).isEqualTo("王");
        assertThat(read(feedback(PersonalText.plain("旧")))).isEqualTo("旧");
    }

    @Test
    void given_an_erasure_when_read_then_the_text_is_erased_and_a_later_one_is_not() {
        DomainEvent before = feedback(sealed("王"));
        get(keys.erase(WORKS, 1).thenReturn(true));
        DomainEvent after = feedback(sealed("李"));

        assertThat(read(before)).isEqualTo(PersonalText.ERASED);
        assertThat(read(after)).isEqualTo("李");
        assertThat(get(keys.current(WORKS)).name().number()).isEqualTo(2);
        assertThat(get(keys.last(WORKS))).isEqualTo(2);
    }

    @Test
    void given_an_erasure_carried_out_again_when_read_then_what_came_later_is_untouched() {
        DomainEvent before = feedback(sealed("王"));
        get(keys.erase(WORKS, 1).thenReturn(true));
        DomainEvent after = feedback(sealed("李"));
        get(keys.erase(WORKS, 1).thenReturn(true));

        assertThat(read(before)).isEqualTo(PersonalText.ERASED);
        assertThat(read(after)).isEqualTo("李");
    }

    @Test
    void given_an_erasure_by_another_instance_when_forgotten_here_then_it_is_erased_here_too() {
        DomainEvent before = feedback(sealed("王"));
        PersonalKeys other = SomeKeys.keys(table);
        assertThat(read(before)).isEqualTo("王");

        get(other.erase(WORKS, 1).thenReturn(true));
        get(keys.erase(WORKS, 1).thenReturn(true));

        assertThat(read(before)).isEqualTo(PersonalText.ERASED);
    }

    @Test
    void given_a_key_that_another_instance_made_when_its_number_is_not_known_here_then_the_table_is_asked() {
        get(keys.current(WORKS));
        PersonalKeys other = SomeKeys.keys(table);
        get(other.erase(WORKS, 1).thenReturn(true));
        PersonalText theirs = get(other.current(WORKS)).seal("李", SeededRandom.make());

        assertThat(read(feedback(theirs))).isEqualTo("李");
    }

    @Test
    void given_a_key_that_nobody_knows_when_read_then_it_is_not_said_to_be_erased_and_is_asked_for_each_time() {
        DomainEvent sealed = feedback(sealed("王"));
        table.lose();
        PersonalTexts others = new PersonalTexts(SomeKeys.keys(table));
        int looks = table.looks();

        assertThat(read(others, sealed)).isEqualTo(PersonalTexts.UNREADABLE);
        assertThat(read(others, sealed)).isEqualTo(PersonalTexts.UNREADABLE);
        assertThat(table.looks()).isEqualTo(looks + 2);
    }

    @Test
    void given_a_text_that_was_changed_or_only_looks_sealed_when_read_then_it_is_unreadable_and_stops_nothing() {
        PersonalText good = sealed("王");
        PersonalText changed =
                new PersonalText(good.stored().substring(0, good.stored().length() - 4) + "AAAA");

        assertThat(read(feedback(changed))).isEqualTo(PersonalTexts.UNREADABLE);
        assertThat(read(feedback(new PersonalText("personal/1:nonsense")))).isEqualTo(PersonalTexts.UNREADABLE);
    }

    @Test
    void given_a_table_that_is_away_when_a_key_is_needed_then_503_and_what_is_remembered_goes_on() {
        DomainEvent known = feedback(sealed("王"));
        table.goAway();

        assertThat(read(known)).isEqualTo("王");
        assertThatThrownBy(() -> get(keys.current(LI)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("unavailable"));
    }

    private PersonalText sealed(String text) {
        return get(keys.current(WORKS)).seal(text, SeededRandom.make());
    }

    private String read(DomainEvent event) {
        return read(texts, event);
    }

    private static String read(PersonalTexts texts, DomainEvent event) {
        FeedbackSubmitted opened =
                (FeedbackSubmitted) get(texts.opening(List.of(event))).apply(event);
        return opened.person().stored();
    }

    private static DomainEvent feedback(PersonalText person) {
        return new FeedbackSubmitted("GT3702110001-W1", 1, 1, "c", "m", person, AT, "zhao", AT);
    }

    private static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Duration.ofSeconds(10)));
    }
}
