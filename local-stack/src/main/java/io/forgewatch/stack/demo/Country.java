package io.forgewatch.stack.demo;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demonstration country, as {@code country.json} beside this class has it: none of its enterprises exists.
 *
 * @param works the devices of each kind of works
 * @param ratings what the limits of some points are a share of, the same on every device
 * @param states normal values of discrete points that are neither 0 nor 1 by rule
 * @param series which real series drives which point, and how it is scaled and paced
 */
record Country(
        List<Province> provinces,
        List<Works> enterprises,
        Map<String, List<Device>> works,
        List<PointRatings> ratings,
        Map<String, Double> states,
        List<RealSeries> series) {

    /** @param region two digits of GB/T 2260 */
    record Province(String region, String name) {}

    /**
     * @param works which kind it is
     * @param pumpFails whether its cooling-water pump is one of those that fail in turn
     */
    record Works(String id, String name, RiskProfile profile, String works, boolean pumpFails) {

        String region() {
            return new EnterpriseId(id).region();
        }

        String deviceId(Device device) {
            return id + device.equipmentClass() + "%04d".formatted(device.number());
        }
    }

    record Device(String equipmentClass, int number, String name, String area) {}

    /** One real series and the point it drives. */
    record RealSeries(
            String indicator,
            String of,
            String source,
            @Nullable String rows,
            @Nullable String column,
            String scaling,
            String pace) {}

    static Country standard() {
        try (InputStream json =
                Objects.requireNonNull(Country.class.getResourceAsStream("country.json"), "country.json")) {
            return new JsonMapper().readValue(json, Country.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<Device> devices(Works enterprise) {
        return Objects.requireNonNull(works.get(enterprise.works()), enterprise.works());
    }

    /** Every indicator of the device's class that can be read, with what its limits are a share of. */
    List<PointRatings> indicators(Device device) {
        return Catalogue.standard().indicators().stream()
                .filter(indicator ->
                        indicator.equipmentClass().equals(device.equipmentClass()) && !indicator.isVerdict())
                .map(indicator -> ratings.stream()
                        .filter(known -> known.indicator().equals(indicator.code()))
                        .findFirst()
                        .orElse(PointRatings.of(indicator.code())))
                .toList();
    }

    /** The device's points as the command side resolves them. */
    List<MonitoringPoint> points(Device device) {
        return indicators(device).stream()
                .map(indicator -> switch (Catalogue.standard().resolve(device.equipmentClass(), indicator)) {
                    case PointResolution.Resolved(MonitoringPoint point) -> point;
                    case PointResolution.Refused refused -> throw new IllegalStateException(refused.en());
                })
                .toList();
    }

    /** The works whose pumps fail, in their order. */
    List<Works> failing() {
        return enterprises.stream().filter(Works::pumpFails).toList();
    }
}
