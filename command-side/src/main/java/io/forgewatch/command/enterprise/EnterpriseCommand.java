package io.forgewatch.command.enterprise;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be asked of an enterprise 企业 and of its gateways. */
public sealed interface EnterpriseCommand extends Command {

    EnterpriseId enterprise();

    /**
     * @param region six digits of GB/T 2260; must be those within the id
     * @param creditCode 统一社会信用代码, or null where it is not known yet
     * @param creditCodeConfirmed somebody looked at the licence: a check digit that doesn't agree is accepted
     */
    @CommandName("RegisterEnterprise")
    record RegisterEnterprise(
            EnterpriseId enterprise,
            String name,
            String region,
            Industry industry,
            RiskProfile profile,
            @Nullable String creditCode,
            boolean creditCodeConfirmed,
            Instant at)
            implements EnterpriseCommand {}

    /**
     * Gives the enterprise one more edge gateway, numbered by the decision; the answer names it as {@code id}.
     *
     * @param sealedSecret its HMAC key, already encrypted; the answer gives it back, so that a repeat tells the same
     */
    @CommandName("RegisterGateway")
    record RegisterGateway(EnterpriseId enterprise, String sealedSecret, Instant at) implements EnterpriseCommand {
        @Override
        public Set<String> incidental() {
            return Set.of("at", "sealedSecret");
        }
    }
}
