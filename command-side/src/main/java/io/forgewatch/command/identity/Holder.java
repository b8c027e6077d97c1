package io.forgewatch.command.identity;

import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose an account is, and what for.
 *
 * @param jurisdiction {@link io.forgewatch.event.identity.Jurisdiction#wire()}
 * @param displayName sealed
 * @param credential which of its passwords is valid
 * @param oneTimeUntil until when somebody can sign in with it, who has to change it; null for a password of its owner's own
 */
public record Holder(
        String username,
        Role role,
        String jurisdiction,
        PersonalText displayName,
        String credential,
        @Nullable Instant oneTimeUntil) {

    /** Of accounts that were opened when passwords were no credentials of their own yet. */
    static final String FIRST = "first";

    static Holder of(AccountOpened opened) {
        String credential = opened.credential();
        return new Holder(
                opened.username(),
                opened.role(),
                opened.jurisdiction(),
                opened.displayName(),
                credential == null ? FIRST : credential,
                null);
    }

    Holder assigned(Role other, String within) {
        return new Holder(username, other, within, displayName, credential, oneTimeUntil);
    }

    boolean isAssigned(Role same, String within) {
        return role == same && jurisdiction.equals(within);
    }

    Holder changed(String to) {
        return new Holder(username, role, jurisdiction, displayName, to, null);
    }

    Holder reset(String to, Instant until) {
        return new Holder(username, role, jurisdiction, displayName, to, until);
    }

    boolean mustChangePassword() {
        return oneTimeUntil != null;
    }

    /** Whether its password was for once, and is not any more. */
    boolean isOver(Instant now) {
        return oneTimeUntil != null && !now.isBefore(oneTimeUntil);
    }
}
