package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal.Kind;
import io.forgewatch.command.identity.IdentityCommand.AssignAccount;
import io.forgewatch.command.identity.IdentityCommand.ChangePassword;
import io.forgewatch.command.identity.IdentityCommand.CloseAccount;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.identity.IdentityCommand.ReopenAccount;
import io.forgewatch.command.identity.IdentityCommand.ResetPassword;
import io.forgewatch.command.personal.Confided;
import io.forgewatch.command.personal.SomeKeys;
import io.forgewatch.event.identity.IdentityEvent.AccountAssigned;
import io.forgewatch.event.identity.IdentityEvent.AccountClosed;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.IdentityEvent.AccountReopened;
import io.forgewatch.event.identity.IdentityEvent.PasswordChanged;
import io.forgewatch.event.identity.IdentityEvent.PasswordReset;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalSubject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {

    private static final Instant AT = Instant.parse("2026-11-24T22:35:00Z");
    private static final Confided LI = SomeKeys.confided(PersonalSubject.account("li.ming"), "李明");
    private static final OpenAccount OPEN = new OpenAccount("li.ming", Role.PROVINCE, "region:3702", LI, "hash", "c-1", AT);
    private static final AccountOpened OPENED =
            new AccountOpened("li.ming", Role.PROVINCE, "region:3702", LI.sealed(), "c-1", AT);
    private static final AccountClosed CLOSED = new AccountClosed("li.ming", "region:3702", AT);

    private static final Authority MINISTRY = new Authority("ministry", Role.MINISTRY, "nation");
    private static final Authority SHANDONG = new Authority("shandong", Role.PROVINCE, "region:37");
    private static final Authority HEBEI = new Authority("hebei", Role.PROVINCE, "region:13");
    private static final Authority LI_MING = new Authority("li.ming", Role.PROVINCE, "region:3702");

    private final Given<Account.State, IdentityCommand> none = Given.nothing(new Account());
    private final Given<Account.State, IdentityCommand> open = none.and(OPENED);
    private final Given<Account.State, IdentityCommand> closed = open.and(CLOSED);

    @Test
    void givenNone_whenOpened_thenItIsOpen() {
        none.when(OPEN).then(OPENED);
        assertThat(open.state()).isEqualTo(new Account.State.Open(Holder.of(OPENED)));
    }

    @ParameterizedTest
    @CsvSource({"region:3702,hash", "region:3702,another", "region:13,hash", "region:13,another"})
    void givenOpen_whenOpenedAgain_thenTheAnswerDoesNotTellWhatIsTheSame(String jurisdiction, String hash) {
        Confided again = SomeKeys.confided(PersonalSubject.account("li.ming"), "李明");
        OpenAccount later = new OpenAccount("li.ming", Role.PROVINCE, jurisdiction, again, hash, "c-2", AT.plusSeconds(60));
        open.when(later).thenRefused(Kind.CONFLICT, "username-taken");
        closed.when(later).thenRefused(Kind.CONFLICT, "username-taken");
    }

    @Test
    void givenOpen_whenClosed_thenItIsClosedAndAgainNothing() {
        open.when(new CloseAccount("li.ming", SHANDONG, AT)).then(CLOSED);
        closed.when(new CloseAccount("li.ming", SHANDONG, AT)).thenNothing();
        none.when(new CloseAccount("li.ming", MINISTRY, AT)).thenRefused(Kind.NOT_FOUND, "not-found");
        open.when(new CloseAccount("li.ming", HEBEI, AT)).thenRefused(Kind.NOT_FOUND, "not-found");
        open.when(new CloseAccount("li.ming", LI_MING, AT)).thenRefused(Kind.CONFLICT, "own-account");
    }

    @Test
    void givenClosed_whenReopened_thenItIsAsItWasAndAgainNothing() {
        AccountReopened reopened = new AccountReopened("li.ming", "region:3702", AT);
        closed.when(new ReopenAccount("li.ming", SHANDONG, AT)).then(reopened);
        open.when(new ReopenAccount("li.ming", SHANDONG, AT)).thenNothing();
        closed.when(new ReopenAccount("li.ming", HEBEI, AT)).thenRefused(Kind.NOT_FOUND, "not-found");
        assertThat(closed.and(reopened).state()).isEqualTo(open.state());
    }

    @Test
    void givenOpen_whenAssigned_thenItIsAnothersAndAgainNothing() {
        AssignAccount county = new AssignAccount("li.ming", Role.PROVINCE, "region:370211", SHANDONG, AT);
        AccountAssigned assigned = new AccountAssigned("li.ming", Role.PROVINCE, "region:370211", AT);
        open.when(county).then(assigned);
        open.and(assigned).when(county).thenNothing();
        closed.when(county).thenRefused(Kind.CONFLICT, "account-closed");
        assertThat(open.and(assigned).state())
                .isEqualTo(new Account.State.Open(Holder.of(OPENED).assigned(Role.PROVINCE, "region:370211")));
        // What it became decides from then on.
        open.and(new AccountAssigned("li.ming", Role.PROVINCE, "region:13", AT))
                .when(new CloseAccount("li.ming", SHANDONG, AT))
                .thenRefused(Kind.NOT_FOUND, "not-found");
    }

    @ParameterizedTest
    @CsvSource({"PROVINCE,region:13", "MINISTRY,nation", "AUDITOR,nation", "ENTERPRISE,enterprise:GT1302110001"})
    void givenOpen_whenAssignedBeyondTheAuthoritysOwn_thenRefused(Role role, String jurisdiction) {
        open.when(new AssignAccount("li.ming", role, jurisdiction, SHANDONG, AT))
                .thenRefused(Kind.FORBIDDEN, "forbidden");
        assertThat(open.when(new AssignAccount("li.ming", role, jurisdiction, MINISTRY, AT))
                        .events())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"PROVINCE,nation", "MINISTRY,region:37", "ENTERPRISE,region:37", "AUDITOR,moon"})
    void givenARoleAndAnotherKindOfJurisdiction_whenAssigned_thenThereIsNoSuchCommand(Role role, String jurisdiction) {
        assertThatThrownBy(() -> new AssignAccount("li.ming", role, jurisdiction, MINISTRY, AT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenOpen_whenThePasswordIsChanged_thenAnotherIsValidAndAgainNothing() {
        ChangePassword change = new ChangePassword("li.ming", "hash", "c-2", AT);
        PasswordChanged changed = new PasswordChanged("li.ming", "region:3702", "c-2", AT);
        open.when(change).then(changed);
        open.and(changed).when(change).thenNothing();
        none.when(change).thenRefused(Kind.NOT_FOUND, "not-found");
        closed.when(change).thenRefused(Kind.CONFLICT, "account-closed");
        assertThat(holder(open.and(changed).state()).credential()).isEqualTo("c-2");
        assertThat(answer(open.when(change))).isEqualTo(Map.of("credential", "c-2", "replaced", "c-1"));
    }

    @Test
    void givenOpen_whenThePasswordIsReset_thenOneForOnceIsValidUntilItIsChanged() {
        Instant until = AT.plusSeconds(60);
        ResetPassword reset = new ResetPassword("li.ming", "c-2", until, SHANDONG, AT);
        PasswordReset event = new PasswordReset("li.ming", "region:3702", "c-2", until, AT);
        open.when(reset).then(event);
        open.and(event).when(reset).thenNothing();
        closed.when(reset).thenRefused(Kind.CONFLICT, "account-closed");
        open.when(new ResetPassword("li.ming", "c-2", until, HEBEI, AT)).thenRefused(Kind.NOT_FOUND, "not-found");
        open.when(new ResetPassword("li.ming", "c-2", until, LI_MING, AT)).thenRefused(Kind.CONFLICT, "own-account");

        Holder once = holder(open.and(event).state());
        assertThat(once.mustChangePassword()).isTrue();
        assertThat(once.isOver(until.minusMillis(1))).isFalse();
        assertThat(once.isOver(until)).isTrue();
        Holder own = holder(open.and(event)
                .and(new PasswordChanged("li.ming", "region:3702", "c-3", AT))
                .state());
        assertThat(own.mustChangePassword()).isFalse();
        assertThat(own.isOver(until)).isFalse();
        assertThat(answer(open.and(event).when(reset))).containsEntry("validUntil", until.toString());
    }

    @Test
    void givenAnAccountOfTheFirstRelease_thenItsPasswordIsTheFirst() {
        AccountOpened first = new AccountOpened("li.ming", Role.PROVINCE, "region:3702", LI.sealed(), null, AT);
        assertThat(holder(none.and(first).state()).credential()).isEqualTo(Holder.FIRST);
    }

    private static Holder holder(Account.State state) {
        return ((Account.State.Open) state).holder();
    }

    private static Map<String, Object> answer(Given.Then then) {
        return ((Decision.Accepted) then.decision()).answer();
    }

    @Test
    void givenWhoKnowsTheHash_whenPrinted_thenTheHashIsNot() {
        assertThat(OPEN.toString()).doesNotContain("hash");
        assertThat(new ChangePassword("li.ming", "hash", "c-2", AT).toString()).doesNotContain("hash");
    }
}
