package io.forgewatch.command.identity;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;

/**
 * Who keeps accounts 账号管理: the ministry any, an authority those within its own jurisdiction but the ministry's.
 *
 * @param jurisdiction {@link Jurisdiction#wire()}
 */
public record Authority(String username, Role role, String jurisdiction) {

    /** Whether it may keep accounts of this role and jurisdiction. */
    boolean mayKeep(Role other, String within) {
        return switch (role) {
            case MINISTRY -> true;
            case PROVINCE ->
                other != Role.MINISTRY
                        && Jurisdiction.fromWire(jurisdiction).covers(Jurisdiction.fromWire(within));
            case ENTERPRISE, AUDITOR -> false;
        };
    }
}
