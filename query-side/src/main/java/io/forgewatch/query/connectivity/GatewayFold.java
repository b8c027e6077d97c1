package io.forgewatch.query.connectivity;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayEvent;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gateways from their registration, their settings and what doors stated of them. */
final class GatewayFold implements Fold<GatewayFold.Kept> {

    /**
     * @param order {@link Order} by which lists run
     * @param behind null while it is not
     */
    record Kept(
            long order,
            String id,
            String enterpriseId,
            Instant registeredAt,
            GatewayView.Clock clock,
            GatewayView.@Nullable Lag behind,
            GatewayCodes codes) {

        private Kept with(GatewayView.Clock other) {
            return new Kept(order, id, enterpriseId, registeredAt, other, behind, codes);
        }

        private Kept with(GatewayView.@Nullable Lag other) {
            return new Kept(order, id, enterpriseId, registeredAt, clock, other, codes);
        }

        private Kept with(GatewayCodes other) {
            return new Kept(order, id, enterpriseId, registeredAt, clock, behind, other);
        }
    }

    @Override
    public Class<Kept> type() {
        return Kept.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return Set.of(GatewayEvent.class);
    }

    @Override
    public List<String> ids(DomainEvent event) {
        return event instanceof GatewayEvent gateway ? List.of(gateway.gatewayId()) : List.of();
    }

    @Override
    public Kept after(@Nullable Kept before, String id, RecordedEvent recorded) {
        GatewayEvent event = (GatewayEvent) recorded.event();
        if (event instanceof GatewayRegistered registered) {
            return new Kept(
                    Order.of(registered.at(), recorded),
                    id,
                    registered.enterpriseId(),
                    registered.at(),
                    GatewayView.Clock.RIGHT,
                    null,
                    GatewayCodes.STANDARD);
        }
        if (before == null) {
            throw new IllegalStateException("Gateway " + id + " was never registered");
        }
        return changed(before, event);
    }

    private static Kept changed(Kept kept, GatewayEvent event) {
        return switch (event) {
            case GatewaySettingsChanged changed ->
                kept.with(new GatewayCodes(changed.codeValues(), changed.exceptIndicators()));
            case GatewayClockWrong wrong -> kept.with(new GatewayView.Clock(true, wrong.offsetSeconds(), wrong.at()));
            case GatewayClockRight right -> kept.with(new GatewayView.Clock(false, null, right.at()));
            case GatewayBehind behind -> kept.with(new GatewayView.Lag(behind.seconds(), behind.at()));
            case GatewayCaughtUp _ -> kept.with((GatewayView.@Nullable Lag) null);
            case GatewayRegistered _ ->
                throw new IllegalStateException("Gateway " + kept.id() + " was registered twice");
        };
    }

    @Override
    public Map<String, Object> keys(Kept kept) {
        Map<String, Object> keys = new LinkedHashMap<>(Region.keys(kept.enterpriseId()));
        keys.put(Order.FIELD, kept.order());
        return keys;
    }
}
