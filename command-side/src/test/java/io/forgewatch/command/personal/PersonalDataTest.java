package io.forgewatch.command.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.personal.PersonalCommand.ErasePersonalData;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Tag;
import io.forgewatch.event.personal.PersonalEvent;
import io.forgewatch.event.personal.PersonalEvent.PersonalDataErased;
import io.forgewatch.event.personal.PersonalSubject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PersonalDataTest {

    private static final Instant AT = Instant.parse("2026-11-24T03:15:00Z");
    private static final PersonalSubject LI = PersonalSubject.account("li.ming");

    private final PersonalData data = new PersonalData();

    @Test
    void given_data_under_two_keys_when_erased_then_both_go_and_again_nothing_happens() {
        PersonalDataErased erased = new PersonalDataErased(LI, 2, "asked for", "ministry", AT);

        assertThat(decide(0, 2)).isInstanceOfSatisfying(Decision.Accepted.class, accepted -> {
            assertThat(accepted.events()).containsExactly(erased);
            assertThat(accepted.answer()).containsEntry("upTo", 2).containsEntry("id", "li.ming");
        });
        assertThat(data.evolve(data.initial("account/li.ming"), erased)).isEqualTo(new PersonalData.State(2));
        assertThat(decide(2, 2))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> assertThat(accepted.events()).isEmpty());
        assertThat(decide(2, 3))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> assertThat(accepted.events()).hasSize(1));
    }

    @Test
    void given_an_erasure_when_stored_then_it_is_found_by_its_subject_and_among_all_erasures() {
        DomainEvent account = new PersonalDataErased(LI, 1, "r", "m", AT);
        DomainEvent works =
                new PersonalDataErased(PersonalSubject.fromWire("enterprise/GT3702110001"), 1, "r", "m", AT);

        assertThat(account.tags()).containsExactlyInAnyOrder(new Tag("account", "li.ming"), PersonalEvent.ERASURE);
        assertThat(works.tags())
                .containsExactlyInAnyOrder(
                        new Tag("enterprise", "GT3702110001"), Tag.within("GT3702110001"), PersonalEvent.ERASURE);
        assertThat(data.selection("account/li.ming").selects(account)).isTrue();
        assertThat(data.selection("account/li.ming").selects(works)).isFalse();
    }

    @Test
    void given_no_key_or_no_reason_when_commanded_then_it_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ErasePersonalData(LI, 0, "r", "m", AT));
        assertThatIllegalArgumentException().isThrownBy(() -> new ErasePersonalData(LI, 1, " ", "m", AT));
    }

    private Decision decide(int erasedUpTo, int upTo) {
        return data.decide(
                new PersonalData.State(erasedUpTo), new ErasePersonalData(LI, upTo, "asked for", "ministry", AT));
    }
}
