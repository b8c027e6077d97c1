package io.forgewatch.command.identity;

import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalText;

/**
 * Whose an account is, and what for.
 *
 * @param jurisdiction {@link io.forgewatch.event.identity.Jurisdiction#wire()}
 * @param displayName sealed
 * @param passwordHash Argon2id, in its encoded form
 */
public record Holder(
        String username, Role role, String jurisdiction, PersonalText displayName, String passwordHash) {

    static Holder of(AccountOpened opened) {
        return new Holder(
                opened.username(), opened.role(), opened.jurisdiction(), opened.displayName(), opened.passwordHash());
    }

    Holder assigned(Role other, String within) {
        return new Holder(username, other, within, displayName, passwordHash);
    }

    boolean isAssigned(Role same, String within) {
        return role == same && jurisdiction.equals(within);
    }

    /** Without the hash: this may end up in a log. */
    @Override
    public String toString() {
        return "Holder[" + username + ", " + role + ", " + jurisdiction + "]";
    }
}
