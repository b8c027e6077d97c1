package io.forgewatch.command.identity;

import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as the directory has it.
 *
 * @param position of its opening: where it stands in lists
 * @param displayName sealed
 * @param closedAt null while it is open
 */
record ListedAccount(
        long position,
        String username,
        Role role,
        Jurisdiction jurisdiction,
        PersonalText displayName,
        Instant openedAt,
        @Nullable Instant closedAt) {

    static ListedAccount of(AccountOpened opened, long position) {
        return new ListedAccount(
                position,
                opened.username(),
                opened.role(),
                Jurisdiction.fromWire(opened.jurisdiction()),
                opened.displayName(),
                opened.at(),
                null);
    }

    ListedAccount closed(@Nullable Instant at) {
        return new ListedAccount(position, username, role, jurisdiction, displayName, openedAt, at);
    }

    ListedAccount assigned(Role other, String within) {
        return new ListedAccount(
                position, username, other, Jurisdiction.fromWire(within), displayName, openedAt, closedAt);
    }

    AccountStatus status() {
        return closedAt == null ? AccountStatus.OPEN : AccountStatus.CLOSED;
    }
}
