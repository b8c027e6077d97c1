package io.forgewatch.command.identity;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.identity.IdentityEvent;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import java.util.Map;

/** An account 账号: there is none of this name, or it is open. */
public final class Account implements Decider<Account.State, IdentityCommand> {

    private static final Sourcing<State> SOURCING = Sourcing.<State>from(new State.None())
            .on(IdentityEvent.class, username -> subject(username).tag(), Account::after);

    static final String TAKEN = "username-taken";

    /** What is known of an account. */
    public sealed interface State {

        record None() implements State {}

        record Open(AccountOpened opened) implements State {}
    }

    public static Subject subject(String username) {
        return new Subject(SubjectType.ACCOUNT, username);
    }

    @Override
    public String name() {
        return "account";
    }

    @Override
    public Class<IdentityCommand> commands() {
        return IdentityCommand.class;
    }

    @Override
    public String key(IdentityCommand command) {
        return command.username();
    }

    @Override
    public Sourcing<State> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(State state, IdentityCommand command) {
        return switch (command) {
            case OpenAccount open -> opening(state, open);
        };
    }

    private static State after(State state, IdentityEvent event) {
        return switch (event) {
            case AccountOpened opened -> new State.Open(opened);
        };
    }

    /**
     * Of a name that is taken nothing is told, whatever else is asked for: were the same again told apart from another, whoever may
     * open accounts could find out others' passwords here, past all that slows guessing down. A repeat is known by its key, before
     * anybody decides.
     */
    private static Decision opening(State state, OpenAccount open) {
        AccountOpened opened = new AccountOpened(
                open.username(),
                open.role(),
                open.jurisdiction(),
                open.displayName().sealed(),
                open.passwordHash(),
                open.at());
        return switch (state) {
            case State.None none -> Decision.answering(answer(opened), opened);
            case State.Open taken ->
                Decision.refused(Refusal.Kind.CONFLICT, TAKEN, "用户名已存在。", "There is an account of this name.");
        };
    }

    /** Kept for repeats, and so without what is personal. */
    private static Map<String, Object> answer(AccountOpened account) {
        return Map.of(
                "username", account.username(),
                "role", account.role().name(),
                "jurisdiction", account.jurisdiction());
    }
}
