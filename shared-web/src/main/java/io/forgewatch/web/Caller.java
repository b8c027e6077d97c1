package io.forgewatch.web;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.identity.Tier;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as the signed token says. Controllers take it as a parameter.
 *
 * @param expiresAt when the token ends, and with it every stream opened by it
 * @param session which of the account's sessions the token belongs to; null in a token of before there were any
 * @param mustChangePassword whether there is nothing else that may be done first
 */
public record Caller(
        String username,
        Role role,
        Jurisdiction jurisdiction,
        Instant expiresAt,
        @Nullable String session,
        boolean mustChangePassword) {

    public Caller(String username, Role role, Jurisdiction jurisdiction, Instant expiresAt) {
        this(username, role, jurisdiction, expiresAt, null, false);
    }

    public Tier tier() {
        return Tier.of(role, jurisdiction);
    }

    /** @throws Problem 404 {@code not-found} when the thing is outside the caller's jurisdiction: it does not tell that it exists */
    public void mustSee(EnterpriseId enterprise) {
        if (!jurisdiction.covers(enterprise)) {
            throw Problem.notFound();
        }
    }

    /** @throws Problem 403 {@code forbidden} unless the caller has one of the roles */
    public void mustBe(Role... roles) {
        if (Arrays.stream(roles).noneMatch(role::equals)) {
            throw Problem.forbidden();
        }
    }
}
