package io.forgewatch.event.equipment;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import java.time.Instant;
import java.util.List;

/** What happens to a device 设备设施. */
public sealed interface EquipmentEvent extends DomainEvent {

    String deviceId();

    @Override
    String enterpriseId();

    @Override
    default Subject subject() {
        return new Subject(SubjectType.DEVICE, deviceId());
    }

    /**
     * @param deviceId enterprise id, two digits of the class, four of its own
     * @param equipmentClass two digits of the catalogue, such as 01 for a blast furnace
     * @param area where in the works it stands; the CO rules compare heads of one area
     */
    @EventName(value = "DeviceRegistered", version = 2)
    record DeviceRegistered(
            String deviceId,
            String enterpriseId,
            String equipmentClass,
            String name,
            String area,
            List<MonitoringPoint> points,
            Instant at)
            implements EquipmentEvent {

        public DeviceRegistered {
            points = List.copyOf(points);
        }
    }

    /**
     * The range of a point's transmitter was told 量程设定: for the first time, wider, or by an authority also narrower.
     *
     * @param indicator code of the point
     * @param by the account that told it
     */
    @EventName("PointRangeSet")
    record PointRangeSet(String deviceId, String enterpriseId, String indicator, Range range, String by, Instant at)
            implements EquipmentEvent {}
}
