package io.forgewatch.command.telemetry;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayEvent;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All enterprises, devices and gateways in memory, as their events say. Events come one after another; look-ups come from any
 * thread and see a plant before or after an event, never in between.
 */
public final class PlantDirectory {

    /** The events of which all count, in their order. */
    static final Set<Class<? extends DomainEvent>> WHOLE = Set.of(
            EnterpriseRegistered.class,
            DeviceRegistered.class,
            PointRangeSet.class,
            GatewayRegistered.class,
            GatewaySettingsChanged.class);

    /** The events of which, for each gateway, the newest of its type counts: they come and go for as long as there are gateways. */
    static final Set<Class<? extends DomainEvent>> NEWEST =
            Set.of(GatewayClockWrong.class, GatewayClockRight.class, GatewayBehind.class, GatewayCaughtUp.class);

    private final SecretUnsealing unsealing;
    private final Map<String, Works> works = new ConcurrentHashMap<>();
    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final Map<String, Gateway> gateways = new ConcurrentHashMap<>();
    /** Devices of one make share a table of their indicators: it stays at the processor's hand, and there are few of them. */
    private final Map<List<String>, Names> names = new ConcurrentHashMap<>();

    public PlantDirectory(SecretUnsealing unsealing) {
        this.unsealing = unsealing;
    }

    /**
     * Takes an event into account; those of other capabilities change nothing.
     *
     * @throws RuntimeException where it can't: then nothing changed, and others can be taken
     */
    public void take(DomainEvent event) {
        switch (event) {
            case EnterpriseRegistered registered -> works.computeIfAbsent(registered.enterpriseId(), Works::new);
            case DeviceRegistered registered ->
                enter(new Device(
                        registered.deviceId(),
                        registered.enterpriseId(),
                        registered.equipmentClass(),
                        registered.area(),
                        registered.points(),
                        same -> names.computeIfAbsent(same, Names::new)));
            case PointRangeSet set -> {
                Device device = devices.get(set.deviceId());
                if (device != null) {
                    enter(device.with(set.indicator(), set.range()));
                }
            }
            case GatewayEvent gateway -> take(gateway);
            default -> {}
        }
    }

    private void take(GatewayEvent event) {
        switch (event) {
            case GatewayRegistered registered -> enter(registered);
            case GatewaySettingsChanged changed ->
                change(
                        changed,
                        gateway -> gateway.with(new GatewayCodes(changed.codeValues(), changed.exceptIndicators())));
            case GatewayClockWrong wrong -> change(wrong, gateway -> gateway.withClock(true, wrong.at()));
            case GatewayClockRight right -> change(right, gateway -> gateway.withClock(false, right.at()));
            case GatewayBehind behind -> change(behind, gateway -> gateway.withLag(true, behind.at()));
            case GatewayCaughtUp caughtUp -> change(caughtUp, gateway -> gateway.withLag(false, caughtUp.at()));
        }
    }

    private void change(GatewayEvent event, UnaryOperator<Gateway> change) {
        gateways.computeIfPresent(event.gatewayId(), (id, gateway) -> change.apply(gateway));
    }

    private void enter(Device device) {
        devices.put(device.id(), device);
        works.computeIfAbsent(device.enterpriseId(), Works::new).enter(device);
    }

    private void enter(GatewayRegistered registered) {
        gateways.put(
                registered.gatewayId(),
                new Gateway(registered.gatewayId(), registered.enterpriseId(), secret(registered)));
    }

    private byte[] secret(GatewayRegistered registered) {
        try {
            return unsealing.unseal(registered.sealedSecret());
        } catch (RuntimeException e) {
            // Every frame of it is refused here from now on, which must be seen: whoever takes events passes it over,
            // and says so.
            throw new IllegalStateException(
                    "Gateway " + registered.gatewayId() + " stays unknown: its secret can't be unsealed", e);
        }
    }

    public @Nullable Plant plant(String enterpriseId) {
        Works known = works.get(enterpriseId);
        return known == null ? null : known.plant();
    }

    public @Nullable Device device(String deviceId) {
        return devices.get(deviceId);
    }

    public @Nullable Gateway gateway(String gatewayId) {
        return gateways.get(gatewayId);
    }

    public int gateways() {
        return gateways.size();
    }
}
