package io.forgewatch.command.connectivity;

import io.forgewatch.command.connectivity.GatewaySettingsCommand.ChangeGatewaySettings;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.Tag;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.EquipmentEvent;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.telemetry.CodeValue;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import io.forgewatch.event.telemetry.PointExtent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a works set for a gateway: which of its readings are codes (dossier §2). Nothing says which gateway sends which point, so
 * that a code must be one for every point of the works.
 */
public final class GatewaySettings implements Decider<GatewaySettings.State, GatewaySettingsCommand> {

    /** The extents of points are of the boundary: a range that is widened meanwhile makes the decision anew. */
    private static final Sourcing<State> SOURCING = Sourcing.from(new State(false, GatewayCodes.STANDARD, Extents.NONE))
            .on(GatewayRegistered.class, GatewaySettings::tag, (state, _) -> state.known())
            .on(GatewaySettingsChanged.class, GatewaySettings::tag, State::with)
            .on(EquipmentEvent.class, GatewaySettings::within, GatewaySettings::after);

    /**
     * @param registered whether there is such a gateway
     * @param codes as they are now
     * @param extents of the points of the works, by device
     */
    public record State(boolean registered, GatewayCodes codes, Extents extents) {

        private State known() {
            return new State(true, codes, extents);
        }

        private State with(GatewaySettingsChanged changed) {
            return new State(
                    registered, new GatewayCodes(changed.codeValues(), changed.exceptIndicators()), extents);
        }

        private State with(String deviceId, List<PointExtent> points) {
            return new State(registered, codes, extents.with(deviceId, points));
        }
    }

    @Override
    public String name() {
        return "gateway-settings";
    }

    @Override
    public Class<GatewaySettingsCommand> commands() {
        return GatewaySettingsCommand.class;
    }

    @Override
    public String key(GatewaySettingsCommand command) {
        return command.gateway().value();
    }

    @Override
    public Sourcing<State> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(State state, GatewaySettingsCommand command) {
        return switch (command) {
            case ChangeGatewaySettings change -> change(state, change);
        };
    }

    private static Decision change(State state, ChangeGatewaySettings command) {
        if (!state.registered()) {
            return Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该网关。", "There is no such gateway.");
        }
        String id = command.gateway().value();
        GatewayCodes codes = command.codes();
        Set<String> except = Set.copyOf(codes.exceptIndicators());
        for (int i = 0; i < codes.codeValues().size(); i++) {
            CodeValue code = codes.codeValues().get(i);
            Optional<Extents.Found> value =
                    state.extents().first(extent -> extent.holds(code.value()) && !except.contains(extent.indicator()));
            if (value.isPresent()) {
                return isValue(i, code, value.get().deviceId(), value.get().indicator());
            }
        }
        Map<String, Object> answer = Map.of("id", id);
        return codes.equals(state.codes())
                ? Decision.answering(answer)
                : Decision.answering(
                        answer,
                        new GatewaySettingsChanged(
                                id,
                                command.gateway().enterprise().value(),
                                codes.codeValues(),
                                codes.exceptIndicators(),
                                command.by(),
                                command.at()));
    }

    private static Decision isValue(int place, CodeValue code, String deviceId, String indicator) {
        String number = new BigDecimal(Double.toString(code.value()))
                .stripTrailingZeros()
                .toPlainString();
        return Decision.invalid(
                "code-is-a-value",
                "codeValues/" + place + "/value",
                number + " 可能是设备 " + deviceId + " 指标 " + indicator + " 的真实读数；请另选代码，或将该指标列入 exceptIndicators。",
                number + " can be a reading of " + indicator + " of " + deviceId
                        + ": choose another code, or name the indicator in exceptIndicators.");
    }

    private static State after(State state, EquipmentEvent event) {
        return switch (event) {
            case DeviceRegistered device ->
                state.with(
                        device.deviceId(),
                        device.points().stream().map(PointExtent::of).toList());
            case PointRangeSet range -> state.with(range.deviceId(), widened(state, range));
        };
    }

    private static List<PointExtent> widened(State state, PointRangeSet set) {
        return state.extents().of(set.deviceId()).stream()
                .map(extent -> extent.indicator().equals(set.indicator()) ? extent.with(set.range()) : extent)
                .toList();
    }

    private static Tag tag(String gateway) {
        return new Subject(SubjectType.GATEWAY, gateway).tag();
    }

    private static Tag within(String gateway) {
        return Tag.within(EnterpriseId.of(gateway).value());
    }
}
