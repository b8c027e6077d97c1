package io.forgewatch.query.equipment;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.equipment.EquipmentEvent;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Devices from their registration. */
final class DeviceFold implements Fold<DeviceFold.Kept> {

    /** @param order {@link Order} by which lists run */
    record Kept(
            long order,
            String id,
            String enterpriseId,
            String equipmentClass,
            String name,
            String area,
            DeviceState state,
            List<MonitoringPoint> points) {

        Kept {
            points = List.copyOf(points);
        }

        Kept with(PointRangeSet set) {
            return new Kept(
                    order,
                    id,
                    enterpriseId,
                    equipmentClass,
                    name,
                    area,
                    state,
                    points.stream()
                            .map(point -> point.indicator().equals(set.indicator()) ? point.with(set.range()) : point)
                            .toList());
        }
    }

    @Override
    public Class<Kept> type() {
        return Kept.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return Set.of(EquipmentEvent.class);
    }

    @Override
    public List<String> ids(DomainEvent event) {
        return event instanceof EquipmentEvent device ? List.of(device.deviceId()) : List.of();
    }

    @Override
    public Kept after(@Nullable Kept before, String id, RecordedEvent recorded) {
        return switch ((EquipmentEvent) recorded.event()) {
            case DeviceRegistered registered ->
                new Kept(
                        Order.of(registered.at(), recorded),
                        id,
                        registered.enterpriseId(),
                        registered.equipmentClass(),
                        registered.name(),
                        registered.area(),
                        DeviceState.IN_SERVICE,
                        registered.points());
            case PointRangeSet set -> known(before, id).with(set);
        };
    }

    private static Kept known(@Nullable Kept before, String id) {
        if (before == null) {
            throw new IllegalStateException("Device " + id + " was never registered");
        }
        return before;
    }

    @Override
    public Map<String, Object> keys(Kept kept) {
        Map<String, Object> keys = new LinkedHashMap<>(Region.keys(kept.enterpriseId()));
        keys.put(Order.FIELD, kept.order());
        keys.put("class", kept.equipmentClass());
        return keys;
    }
}
