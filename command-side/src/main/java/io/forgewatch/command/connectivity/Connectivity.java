package io.forgewatch.command.connectivity;

import io.forgewatch.command.connectivity.ConnectivityCommand.ReportBehind;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportCaughtUp;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockRight;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockWrong;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.Tag;
import io.forgewatch.event.telemetry.GatewayEvent;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import org.jspecify.annotations.Nullable;

/** How a gateway stands 网关联网状态, by what doors state: several may state the same, and one event comes of it. */
public final class Connectivity implements Decider<Connectivity.State, ConnectivityCommand> {

    /**
     * @param registered whether there is such a gateway
     * @param clockOffsetSeconds how far its clock was ahead when it was found wrong; null while it is right
     * @param secondsBehind how old its newest reading was when it was found behind; null while it is not
     */
    public record State(
            boolean registered,
            @Nullable Long clockOffsetSeconds,
            @Nullable Long secondsBehind) {

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
    public Selection selection(String key) {
        return Selection.tagged(
                new Tag(SubjectType.GATEWAY.wire(), key),
                GatewayRegistered.class,
                GatewayClockWrong.class,
                GatewayClockRight.class,
                GatewayBehind.class,
                GatewayCaughtUp.class);
    }

    @Override
    public State initial(String key) {
        return new State(false, null, null);
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

    @Override
    public State evolve(State state, DomainEvent event) {
        return event instanceof GatewayEvent gateway ? evolve(state, gateway) : state;
    }

    private static State evolve(State state, GatewayEvent event) {
        return switch (event) {
            case GatewayRegistered _ -> new State(true, state.clockOffsetSeconds(), state.secondsBehind());
            case GatewayClockWrong wrong -> state.withClock(wrong.offsetSeconds());
            case GatewayClockRight _ -> state.withClock(null);
            case GatewayBehind behind -> state.withLag(behind.seconds());
            case GatewayCaughtUp _ -> state.withLag(null);
            case GatewaySettingsChanged _ -> state;
        };
    }
}
