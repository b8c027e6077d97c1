package io.forgewatch.command.connectivity;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayId;
import java.time.Instant;

/** What can be set for a gateway. */
public sealed interface GatewaySettingsCommand extends Command {

    GatewayId gateway();

    /**
     * Says which readings of the gateway are codes.
     *
     * @param codes all of them, in place of those that held
     * @param by username
     */
    @CommandName("ChangeGatewaySettings")
    record ChangeGatewaySettings(GatewayId gateway, GatewayCodes codes, String by, Instant at)
            implements GatewaySettingsCommand {}
}
