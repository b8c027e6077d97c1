package io.forgewatch.web;

import io.forgewatch.event.IdForm;
import io.forgewatch.event.SubjectId;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import java.time.Instant;
import java.util.Arrays;

/**
 * Who is calling, as the signed token says. Controllers take it as a parameter.
 *
 * @param expiresAt when the token ends, and with it every stream opened by it
 */
public record Caller(String username, Role role, Jurisdiction jurisdiction, Instant expiresAt) {

    /** @throws Problem 404 {@code not-found} when the thing is outside the caller's jurisdiction: it does not tell that it exists */
    public void mustSee(EnterpriseId enterprise) {
        if (!jurisdiction.covers(enterprise)) {
            throw Problem.notFound();
        }
    }

    /**
     * The id that a path names.
     *
     * @throws Problem 404 {@code not-found} when it is none, is written otherwise than it is written, or is outside the caller's
     *     jurisdiction
     */
    public <T extends SubjectId> T seen(IdForm<T> form, String text) {
        T id = form.find(text).orElseThrow(Problem::notFound);
        mustSee(id.enterprise());
        return id;
    }

    /** @throws Problem 403 {@code forbidden} unless the caller has one of the roles */
    public void mustBe(Role... roles) {
        if (Arrays.stream(roles).noneMatch(role::equals)) {
            throw Problem.forbidden();
        }
    }
}
