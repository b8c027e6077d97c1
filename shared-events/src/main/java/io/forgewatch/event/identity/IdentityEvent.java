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
     * @param passwordHash Argon2id, in its encoded form
     */
    @EventName("AccountOpened")
    record AccountOpened(
            String username, Role role, String jurisdiction, PersonalText displayName, String passwordHash, Instant at)
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
}
