package io.forgewatch.command.connectivity;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.event.telemetry.GatewayId;
import java.time.Instant;

/** What the door states of a gateway; what is so already changes nothing. */
public sealed interface ConnectivityCommand extends Command {

    GatewayId gateway();

    /** @param offsetSeconds how far its clock is ahead of ours; negative for behind */
    @CommandName("ReportClockWrong")
    record ReportClockWrong(GatewayId gateway, long offsetSeconds, Instant at) implements ConnectivityCommand {}

    @CommandName("ReportClockRight")
    record ReportClockRight(GatewayId gateway, Instant at) implements ConnectivityCommand {}

    /** @param seconds how old the newest reading was */
    @CommandName("ReportBehind")
    record ReportBehind(GatewayId gateway, long seconds, Instant at) implements ConnectivityCommand {}

    @CommandName("ReportCaughtUp")
    record ReportCaughtUp(GatewayId gateway, Instant at) implements ConnectivityCommand {}
}
