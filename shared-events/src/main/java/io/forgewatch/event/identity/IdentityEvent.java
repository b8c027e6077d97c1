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

    @Override
    default @Nullable String enterpriseId() {
        return null;
    }

    @Override
    default Subject subject() {
        return new Subject(SubjectType.ACCOUNT, username());
    }

    /**
     * @param displayName the account's personal data
     * @param jurisdiction {@link Jurisdiction#wire()}
     * @param passwordHash Argon2id, in its encoded form
     */
    @EventName("AccountOpened")
    record AccountOpened(
            String username, Role role, String jurisdiction, PersonalText displayName, String passwordHash, Instant at)
            implements IdentityEvent {

        @Override
        public @Nullable String enterpriseId() {
            return Jurisdiction.fromWire(jurisdiction) instanceof Jurisdiction.Enterprise(EnterpriseId id)
                    ? id.value()
                    : null;
        }
    }
}
