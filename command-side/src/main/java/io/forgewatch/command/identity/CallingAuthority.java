package io.forgewatch.command.identity;

import io.forgewatch.web.Caller;

/** Who calls, as one who keeps accounts. */
final class CallingAuthority {

    private CallingAuthority() {}

    static Authority of(Caller caller) {
        return new Authority(
                caller.username(), caller.role(), caller.jurisdiction().wire());
    }
}
