package io.forgewatch.command.telemetry;

import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Range;
import java.util.List;
import java.util.function.Function;

/** A device with its points, found by their indicators. Immutable. */
public final class Device {

    private final String id;
    private final String enterpriseId;
    private final String equipmentClass;
    private final String area;
    private final List<MonitoringPoint> points;
    private final Names names;
    private final List<PossibleValues> possible;

    public Device(String id, String enterpriseId, String equipmentClass, String area, List<MonitoringPoint> points) {
        this(id, enterpriseId, equipmentClass, area, points, Names::new);
    }

    /** @param named the table of these names in this order */
    Device(
            String id,
            String enterpriseId,
            String equipmentClass,
            String area,
            List<MonitoringPoint> points,
            Function<List<String>, Names> named) {
        this.id = id;
        this.enterpriseId = enterpriseId;
        this.equipmentClass = equipmentClass;
        this.area = area;
        this.points = List.copyOf(points);
        this.names = named.apply(points.stream().map(MonitoringPoint::indicator).toList());
        Catalogue catalogue = Catalogue.standard();
        this.possible = this.points.stream()
                .map(point -> PossibleValues.of(
                        point,
                        catalogue.indicator(equipmentClass, point.indicator()).orElse(null)))
                .toList();
    }

    public String id() {
        return id;
    }

    public String enterpriseId() {
        return enterpriseId;
    }

    /** Two digits of the catalogue. */
    public String equipmentClass() {
        return equipmentClass;
    }

    public String area() {
        return area;
    }

    public List<MonitoringPoint> points() {
        return points;
    }

    /** Which readings of a point can be, by its place in {@link #points()}. */
    public PossibleValues possible(int place) {
        return possible.get(place);
    }

    /** The same device with another range of a point's transmitter. */
    Device with(String indicator, Range range) {
        return new Device(
                id,
                enterpriseId,
                equipmentClass,
                area,
                points.stream()
                        .map(point -> point.indicator().equals(indicator) ? point.with(range) : point)
                        .toList(),
                same -> names);
    }

    /** Numbers for the indicators: places in {@link #points()}. */
    public Names names() {
        return names;
    }
}
