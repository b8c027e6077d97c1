package io.forgewatch.event.identity;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.personal.PersonalText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to an account 账号. */
public sealed interface IdentityEvent extends DomainEvent {

    String username();

    /** The account's at that moment, {@link Jurisdiction#wire()}. */
    String jurisdiction();

    /** An enterprise's own accounts are its own. */
    @Override
    default @Nullable String enterpriseId() {
        return Jurisdiction.fromWire(jurisdiction()) instanceof Jurisdiction.Enterprise(EnterpriseId id)
                ? id.value()
                : null;
    }

    @Override
    default Subject subject() {
        return new Subject(SubjectType.ACCOUNT, username());
    }

    /**
     * @param displayName the account's personal data
     * @param credential which of its passwords is the first: a reference, the password itself is no event's; null in one of before
     *     version 2, which carried a hash that nobody reads here any more
     */
    @EventName(value = "AccountOpened", version = 2)
    record AccountOpened(
            String username,
            Role role,
            String jurisdiction,
            PersonalText displayName,
            @Nullable String credential,
            Instant at)
            implements IdentityEvent {

    }

    /** Nobody signs in with it any more 停用. */
    @EventName("AccountClosed")
    record AccountClosed(String username, String jurisdiction, Instant at) implements IdentityEvent {}

    /** As it was before it was closed 恢复. */
    @EventName("AccountReopened")
    record AccountReopened(String username, String jurisdiction, Instant at) implements IdentityEvent {}

    /**
     * It has another role, or another jurisdiction, from now on 变更角色或管辖范围.
     *
     * @param jurisdiction the new one
     */
    @EventName("AccountAssigned")
    record AccountAssigned(String username, Role role, String jurisdiction, Instant at) implements IdentityEvent {}

    /**
     * Its owner has given it another password.
     *
     * @param credential which one is its from now on
     */
    @EventName("PasswordChanged")
    record PasswordChanged(String username, String jurisdiction, String credential, Instant at)
            implements IdentityEvent {}

    /**
     * Somebody who keeps it has given it a password for once, which its owner has to change.
     *
     * @param credential which one is its from now on
     * @param validUntil until when somebody can sign in with it
     */
    @EventName("PasswordReset")
    record PasswordReset(String username, String jurisdiction, String credential, Instant validUntil, Instant at)
            implements IdentityEvent {}
}
