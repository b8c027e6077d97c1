package io.forgewatch.command.connectivity;

import io.forgewatch.command.connectivity.ConnectivityCommand.ReportBehind;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportCaughtUp;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockRight;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockWrong;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.Tag;
import io.forgewatch.event.telemetry.GatewayEvent;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import org.jspecify.annotations.Nullable;

/** How a gateway stands 网关联网状态, by what doors state: several may state the same, and one event comes of it. */
public final class Connectivity implements Decider<Connectivity.State, ConnectivityCommand> {

    private static final Sourcing<State> SOURCING = Sourcing.from(new State(false, null, null))
            // By name: what is set for it is no matter of how it stands.
            .on(GatewayRegistered.class, Connectivity::tag, (state, _) -> state.known())
            .on(GatewayClockWrong.class, Connectivity::tag, (state, wrong) -> state.withClock(wrong.offsetSeconds()))
            .on(GatewayClockRight.class, Connectivity::tag, (state, _) -> state.withClock(null))
            .on(GatewayBehind.class, Connectivity::tag, (state, behind) -> state.withLag(behind.seconds()))
            .on(GatewayCaughtUp.class, Connectivity::tag, (state, _) -> state.withLag(null));

    /**
     * @param registered whether there is such a gateway
     * @param clockOffsetSeconds how far its clock was ahead when it was found wrong; null while it is right
     * @param secondsBehind how old its newest reading was when it was found behind; null while it is not
     */
    public record State(
            boolean registered,
            @Nullable Long clockOffsetSeconds,
            @Nullable Long secondsBehind) {

        private State known() {
            return new State(true, clockOffsetSeconds, secondsBehind);
        }

        private State withClock(@Nullable Long offset) {
            return new State(registered, offset, secondsBehind);
        }

        private State withLag(@Nullable Long seconds) {
            return new State(registered, clockOffsetSeconds, seconds);
        }
    }

    @Override
    public String name() {
        return "connectivity";
    }

    @Override
    public Class<ConnectivityCommand> commands() {
        return ConnectivityCommand.class;
    }

    @Override
    public String key(ConnectivityCommand command) {
        return command.gateway().value();
    }

    @Override
    public Sourcing<State> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(State state, ConnectivityCommand command) {
        if (!state.registered()) {
            return Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该网关。", "There is no such gateway.");
        }
        String id = command.gateway().value();
        String enterprise = command.gateway().enterprise().value();
        return switch (command) {
            case ReportClockWrong wrong ->
                first(
                        state.clockOffsetSeconds() == null,
                        new GatewayClockWrong(id, enterprise, wrong.offsetSeconds(), wrong.at()));
            case ReportClockRight right ->
                first(state.clockOffsetSeconds() != null, new GatewayClockRight(id, enterprise, right.at()));
            case ReportBehind behind ->
                first(state.secondsBehind() == null, new GatewayBehind(id, enterprise, behind.seconds(), behind.at()));
            case ReportCaughtUp caughtUp ->
                first(state.secondsBehind() != null, new GatewayCaughtUp(id, enterprise, caughtUp.at()));
        };
    }

    private static Decision first(boolean isNews, GatewayEvent event) {
        return isNews ? Decision.accepted(event) : Decision.nothing();
    }

    private static Tag tag(String gateway) {
        return new Subject(SubjectType.GATEWAY, gateway).tag();
    }
}
