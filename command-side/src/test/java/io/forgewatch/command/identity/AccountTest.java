package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.personal.Confided;
import io.forgewatch.command.personal.SomeKeys;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalSubject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {

    private static final Instant AT = Instant.parse("2026-11-24T22:35:00Z");
    private static final Confided LI = SomeKeys.confided(PersonalSubject.account("li.ming"), "李明");
    private static final OpenAccount OPEN = new OpenAccount("li.ming", Role.PROVINCE, "region:37", LI, "hash", AT);
    private static final AccountOpened OPENED =
            new AccountOpened("li.ming", Role.PROVINCE, "region:37", LI.sealed(), "hash", AT);

    private final Account account = new Account();
    private final Account.State none = account.initial("li.ming");

    @Test
    void givenNone_whenOpened_thenItIsOpen() {
        assertThat(account.decide(none, OPEN))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> assertThat(accepted.events()).containsExactly(OPENED));
        assertThat(account.evolve(none, OPENED)).isEqualTo(new Account.State.Open(OPENED));
    }

    @ParameterizedTest
    @CsvSource({"region:37,hash", "region:37,another", "region:13,hash", "region:13,another"})
    void givenOpen_whenOpenedAgain_thenTheAnswerDoesNotTellWhatIsTheSame(String jurisdiction, String hash) {
        Confided again = SomeKeys.confided(PersonalSubject.account("li.ming"), "李明");
        OpenAccount later = new OpenAccount("li.ming", Role.PROVINCE, jurisdiction, again, hash, AT.plusSeconds(60));
        assertThat(account.decide(account.evolve(none, OPENED), later))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("username-taken"));
    }

    @Test
    void givenACommand_whenPrinted_thenTheHashIsNot() {
        assertThat(OPEN.toString()).doesNotContain("hash");
    }
}
