package io.forgewatch.command.web;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.web.Caller;

/**
 * With whom a caller shares what nobody may have more than a share of: an enterprise with all its accounts counts as one, any other
 * account by itself.
 */
final class Owner {

    private Owner() {}

    static String of(Caller caller) {
        return caller.jurisdiction() instanceof Jurisdiction.Enterprise(var id)
                ? "enterprise/" + id.value()
                : "account/" + caller.username();
    }
}
