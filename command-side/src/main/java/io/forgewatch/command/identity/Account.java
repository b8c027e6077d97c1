package io.forgewatch.command.identity;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.identity.IdentityCommand.AssignAccount;
import io.forgewatch.command.identity.IdentityCommand.ByAuthority;
import io.forgewatch.command.identity.IdentityCommand.CloseAccount;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.identity.IdentityCommand.ReopenAccount;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.identity.IdentityEvent;
import io.forgewatch.event.identity.IdentityEvent.AccountAssigned;
import io.forgewatch.event.identity.IdentityEvent.AccountClosed;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.IdentityEvent.AccountReopened;
import io.forgewatch.event.identity.Role;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An account 账号: there is none of this name, it is open, or it is closed and may be opened again. */
public final class Account implements Decider<Account.State, IdentityCommand> {

    static final String TAKEN = "username-taken";

    /** What is known of an account. */
    public sealed interface State {

        record None() implements State {}

        record Open(Holder holder) implements State {}

        record Closed(Holder holder) implements State {}
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
    public Selection selection(String username) {
        return Selection.tagged(subject(username).tag(), IdentityEvent.class);
    }

    @Override
    public State initial(String username) {
        return new State.None();
    }

    @Override
    public Decision decide(State state, IdentityCommand command) {
        return switch (command) {
            case OpenAccount open -> opening(state, open);
            case ByAuthority asked ->
                switch (state) {
                    case State.None _ -> notFound();
                    case State.Open(Holder holder) -> asked(holder, false, asked);
                    case State.Closed(Holder holder) -> asked(holder, true, asked);
                };
        };
    }

    @Override
    public State evolve(State state, DomainEvent event) {
        return event instanceof IdentityEvent own ? evolve(state, own) : state;
    }

    private static State evolve(State state, IdentityEvent event) {
        return switch (event) {
            case AccountOpened opened -> new State.Open(Holder.of(opened));
            case AccountClosed _ -> state instanceof State.Open(Holder holder) ? new State.Closed(holder) : state;
            case AccountReopened _ -> state instanceof State.Closed(Holder holder) ? new State.Open(holder) : state;
            case AccountAssigned assigned ->
                with(state, holder -> holder.assigned(assigned.role(), assigned.jurisdiction()));
        };
    }

    private static State with(State state, UnaryOperator<Holder> change) {
        return switch (state) {
            case State.None _ -> state;
            case State.Open(Holder holder) -> new State.Open(change.apply(holder));
            case State.Closed(Holder holder) -> new State.Closed(change.apply(holder));
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
        return state instanceof State.None
                ? Decision.answering(answer(open.username(), open.role(), open.jurisdiction()), opened)
                : Decision.refused(Refusal.Kind.CONFLICT, TAKEN, "用户名已存在。", "There is an account of this name.");
    }

    /** Whose account is not within the authority's own is not even told that it is there. */
    private static Decision asked(Holder holder, boolean closed, ByAuthority asked) {
        if (!asked.by().mayKeep(holder.role(), holder.jurisdiction())) {
            return notFound();
        }
        if (asked.by().username().equals(holder.username())) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "own-account",
                    "不能对自己的账号执行此操作。",
                    "Nobody does this to their own account: another has to.");
        }
        return switch (asked) {
            case CloseAccount close ->
                closed
                        ? Decision.nothing()
                        : Decision.accepted(new AccountClosed(close.username(), holder.jurisdiction(), close.at()));
            case ReopenAccount reopen ->
                closed
                        ? Decision.accepted(new AccountReopened(reopen.username(), holder.jurisdiction(), reopen.at()))
                        : Decision.nothing();
            case AssignAccount assign -> closed ? closed() : assigning(holder, assign);
        };
    }

    private static Decision assigning(Holder holder, AssignAccount assign) {
        if (!assign.by().mayKeep(assign.role(), assign.jurisdiction())) {
            return Decision.refused(
                    Refusal.Kind.FORBIDDEN,
                    "forbidden",
                    "新的管辖范围超出您的管辖范围。",
                    "The new jurisdiction is not within yours.");
        }
        return holder.isAssigned(assign.role(), assign.jurisdiction())
                ? Decision.nothing()
                : Decision.accepted(new AccountAssigned(
                        assign.username(), assign.role(), assign.jurisdiction(), assign.at()));
    }

    private static Decision notFound() {
        return Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该账号。", "There is no such account.");
    }

    private static Decision closed() {
        return Decision.refused(
                Refusal.Kind.CONFLICT, "account-closed", "账号已停用，请先恢复。", "The account is closed: reopen it first.");
    }

    /** Kept for repeats, and so without what is personal. */
    private static Map<String, Object> answer(String username, Role role, String jurisdiction) {
        return Map.of("username", username, "role", role.name(), "jurisdiction", jurisdiction);
    }
}
