package io.forgewatch.command.identity;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.identity.IdentityCommand.AssignAccount;
import io.forgewatch.command.identity.IdentityCommand.ByAuthority;
import io.forgewatch.command.identity.IdentityCommand.ChangePassword;
import io.forgewatch.command.identity.IdentityCommand.CloseAccount;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.identity.IdentityCommand.ReopenAccount;
import io.forgewatch.command.identity.IdentityCommand.ResetPassword;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.identity.IdentityEvent;
import io.forgewatch.event.identity.IdentityEvent.AccountAssigned;
import io.forgewatch.event.identity.IdentityEvent.AccountClosed;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.IdentityEvent.AccountReopened;
import io.forgewatch.event.identity.IdentityEvent.PasswordChanged;
import io.forgewatch.event.identity.IdentityEvent.PasswordReset;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An account 账号: there is none of this name, it is open, or it is closed and may be opened again. */
public final class Account implements Decider<Account.State, IdentityCommand> {

    static final String TAKEN = "username-taken";

    /** In answers: which password is the account's. */
    static final String CREDENTIAL = "credential";

    /** In answers: until when a password that was given for once is good. */
    static final String VALID_UNTIL = "validUntil";

    /** In answers: which one was before it. */
    static final String REPLACED = "replaced";

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
            case ChangePassword change -> changing(state, change);
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
            case PasswordChanged changed -> with(state, holder -> holder.changed(changed.credential()));
            case PasswordReset reset -> with(state, holder -> holder.reset(reset.credential(), reset.validUntil()));
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
                open.credential(),
                open.at());
        return state instanceof State.None
                ? Decision.answering(Map.of(CREDENTIAL, open.credential()), opened)
                : Decision.refused(Refusal.Kind.CONFLICT, TAKEN, "用户名已存在。", "There is an account of this name.");
    }

    /** Whether there is no such account for this authority. */
    static boolean refusesKeeping(State state, Authority by) {
        return switch (state) {
            case State.None _ -> true;
            case State.Open(Holder holder) -> !by.mayKeep(holder.role(), holder.jurisdiction());
            case State.Closed(Holder holder) -> !by.mayKeep(holder.role(), holder.jurisdiction());
        };
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
            case ResetPassword reset -> closed ? closed() : resetting(holder, reset);
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

    private static Decision changing(State state, ChangePassword change) {
        return switch (state) {
            case State.None _ -> notFound();
            case State.Closed _ -> closed();
            case State.Open(Holder holder) ->
                holder.credential().equals(change.credential())
                        ? Decision.answering(Map.of(CREDENTIAL, change.credential()))
                        : Decision.answering(
                                // What is its now, and what is nobody's any more and to be forgotten.
                                Map.of(CREDENTIAL, change.credential(), REPLACED, holder.credential()),
                                new PasswordChanged(
                                        change.username(),
                                        holder.jurisdiction(),
                                        change.credential(),
                                        change.at()));
        };
    }

    private static Decision resetting(Holder holder, ResetPassword reset) {
        if (holder.credential().equals(reset.credential())) {
            return Decision.answering(
                    Map.of(CREDENTIAL, reset.credential(), VALID_UNTIL, String.valueOf(holder.oneTimeUntil())));
        }
        return Decision.answering(
                        Map.of(
                                CREDENTIAL, reset.credential(),
                                REPLACED, holder.credential(),
                                VALID_UNTIL, reset.validUntil().toString()),
                        new PasswordReset(
                                reset.username(),
                                holder.jurisdiction(),
                                reset.credential(),
                                reset.validUntil(),
                                reset.at()));
    }

    private static Decision notFound() {
        return Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该账号。", "There is no such account.");
    }

    private static Decision closed() {
        return Decision.refused(
                Refusal.Kind.CONFLICT, "account-closed", "账号已停用，请先恢复。", "The account is closed: reopen it first.");
    }
}
