package io.forgewatch.query.enterprise;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Enterprises from their registration, their gateways and the latest assessment of their risk. */
final class EnterpriseFold implements Fold<EnterpriseFold.Kept> {

    /**
     * @param order {@link Order} by which lists run
     * @param risk the latest assessment; null before the first
     * @param gateways ids, in the order of registration
     */
    record Kept(
            long order,
            String id,
            String name,
            String region,
            Industry industry,
            RiskProfile profile,
            @Nullable String creditCode,
            @Nullable RiskAssessed risk,
            List<String> gateways) {

        Kept {
            gateways = List.copyOf(gateways);
        }

        RiskLevel level() {
            return risk == null ? RiskLevel.BLUE : risk.level();
        }
    }

    @Override
    public Class<Kept> type() {
        return Kept.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return Set.of(EnterpriseRegistered.class, RiskAssessed.class, GatewayRegistered.class);
    }

    @Override
    public List<String> ids(DomainEvent event) {
        return switch (event) {
            case EnterpriseRegistered registered -> List.of(registered.enterpriseId());
            case RiskAssessed assessed -> List.of(assessed.enterpriseId());
            case GatewayRegistered gateway -> List.of(gateway.enterpriseId());
            default -> List.of();
        };
    }

    @Override
    public Kept after(@Nullable Kept before, String id, RecordedEvent recorded) {
        if (recorded.event() instanceof EnterpriseRegistered registered) {
            return registered(registered, recorded);
        }
        if (before == null) {
            throw new IllegalStateException("Enterprise " + id + " was never registered");
        }
        return switch (recorded.event()) {
            case RiskAssessed assessed -> with(before, assessed, before.gateways());
            case GatewayRegistered gateway ->
                with(before, before.risk(), added(before.gateways(), gateway.gatewayId()));
            default -> before;
        };
    }

    @Override
    public Map<String, Object> keys(Kept kept) {
        Map<String, Object> keys = new LinkedHashMap<>(Region.keys(kept.id()));
        keys.put(Order.FIELD, kept.order());
        keys.put("level", kept.level().name());
        keys.put("industry", kept.industry().name());
        return keys;
    }

    private static Kept registered(EnterpriseRegistered registered, RecordedEvent recorded) {
        return new Kept(
                Order.of(registered.at(), recorded),
                registered.enterpriseId(),
                registered.name(),
                registered.region(),
                registered.industry(),
                registered.profile(),
                registered.creditCode(),
                null,
                List.of());
    }

    private static Kept with(Kept kept, @Nullable RiskAssessed risk, List<String> gateways) {
        return new Kept(
                kept.order(),
                kept.id(),
                kept.name(),
                kept.region(),
                kept.industry(),
                kept.profile(),
                kept.creditCode(),
                risk,
                gateways);
    }

    private static List<String> added(List<String> gateways, String gateway) {
        List<String> more = new ArrayList<>(gateways);
        if (!more.contains(gateway)) {
            more.add(gateway);
        }
        return more;
    }
}
