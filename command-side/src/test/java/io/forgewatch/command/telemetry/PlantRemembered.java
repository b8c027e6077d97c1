package io.forgewatch.command.telemetry;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.command.memory.Remembering;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayEvent;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The plant directory, beside a plain fold. */
public final class PlantRemembered implements Remembering {

    @Override
    public Class<?> keeper() {
        return PlantFeed.class;
    }

    @Override
    public Memory begun(EventFeed feed, SelectedEvents selected, UnendedEvents unended) {
        PlantDirectory directory = new PlantDirectory(secret -> secret.getBytes(StandardCharsets.UTF_8));
        PlantFeed plants = new PlantFeed(feed, selected, directory, new StandingStreams(new SimpleMeterRegistry()));
        plants.start();
        return new Memory() {
            @Override
            public long position() {
                return plants.position();
            }

            @Override
            public Map<String, String> says(List<RecordedEvent> events) {
                return said(directory, events);
            }

            @Override
            public void close() {
                plants.stop();
            }
        };
    }

    private static Map<String, String> said(PlantDirectory directory, List<RecordedEvent> events) {
        Map<String, String> said = new TreeMap<>();
        said.put("gateways", Integer.toString(directory.gateways()));
        for (RecordedEvent recorded : events) {
            switch (recorded.event()) {
                case EnterpriseRegistered one -> works(said, one.enterpriseId(), directory);
                case DeviceRegistered one -> {
                    works(said, one.enterpriseId(), directory);
                    Device device = directory.device(one.deviceId());
                    said.put(
                            one.deviceId(),
                            device == null
                                    ? "unknown"
                                    : device.enterpriseId() + " " + device.equipmentClass() + " " + device.area() + " "
                                            + device.points());
                }
                case GatewayRegistered one -> {
                    Gateway gateway = directory.gateway(one.gatewayId());
                    said.put(
                            one.gatewayId(),
                            gateway == null
                                    ? "unknown"
                                    : gateway.enterpriseId() + " "
                                            + new String(gateway.secret(), StandardCharsets.UTF_8) + " "
                                            + new Stated(
                                                    gateway.codes(),
                                                    gateway.isClockWrong() + " " + gateway.clockStatedAt(),
                                                    gateway.isBehind() + " " + gateway.lagStatedAt()));
                }
                default -> {}
            }
        }
        return said;
    }

    private static void works(Map<String, String> said, String enterprise, PlantDirectory directory) {
        Plant plant = directory.plant(enterprise);
        said.put(
                enterprise,
                plant == null
                        ? "unknown"
                        : IntStream.range(0, plant.size())
                                .mapToObj(number -> plant.device(number).id())
                                .collect(Collectors.toCollection(TreeSet::new))
                                .toString());
    }

    /** What was said of a gateway last. */
    private record Stated(GatewayCodes codes, String clock, String lag) {
        private static final Stated NOTHING = new Stated(GatewayCodes.STANDARD, "false null", "false null");

        Stated after(GatewayEvent event) {
            return switch (event) {
                case GatewayRegistered _ -> this;
                case GatewaySettingsChanged set ->
                    new Stated(new GatewayCodes(set.codeValues(), set.exceptIndicators()), clock, lag);
                case GatewayClockWrong wrong -> new Stated(codes, "true " + wrong.at(), lag);
                case GatewayClockRight right -> new Stated(codes, "false " + right.at(), lag);
                case GatewayBehind behind -> new Stated(codes, clock, "true " + behind.at());
                case GatewayCaughtUp caughtUp -> new Stated(codes, clock, "false " + caughtUp.at());
            };
        }
    }

    @Override
    public Map<String, String> folded(List<RecordedEvent> events) {
        Map<String, TreeSet<String>> works = new TreeMap<>();
        Map<String, DeviceRegistered> devices = new TreeMap<>();
        Map<String, List<MonitoringPoint>> points = new TreeMap<>();
        Map<String, GatewayRegistered> gateways = new TreeMap<>();
        Map<String, Stated> stated = new TreeMap<>();
        for (RecordedEvent recorded : events) {
            switch (recorded.event()) {
                case EnterpriseRegistered one -> works.computeIfAbsent(one.enterpriseId(), id -> new TreeSet<>());
                case DeviceRegistered one -> {
                    works.computeIfAbsent(one.enterpriseId(), id -> new TreeSet<>())
                            .add(one.deviceId());
                    devices.put(one.deviceId(), one);
                    points.put(one.deviceId(), one.points());
                }
                case PointRangeSet set ->
                    points.computeIfPresent(
                            set.deviceId(),
                            (id, before) -> before.stream()
                                    .map(point ->
                                            point.indicator().equals(set.indicator()) ? point.with(set.range()) : point)
                                    .toList());
                case GatewayEvent event -> {
                    if (event instanceof GatewayRegistered registered) {
                        gateways.put(registered.gatewayId(), registered);
                    }
                    stated.merge(event.gatewayId(), Stated.NOTHING.after(event), (before, now) -> before.after(event));
                }
                default -> {}
            }
        }
        Map<String, String> folded = new TreeMap<>();
        folded.put("gateways", Integer.toString(gateways.size()));
        works.forEach((id, its) -> folded.put(id, its.toString()));
        devices.forEach((id, device) -> folded.put(
                id,
                device.enterpriseId() + " " + device.equipmentClass() + " " + device.area() + " " + points.get(id)));
        gateways.forEach((id, gateway) ->
                folded.put(id, gateway.enterpriseId() + " " + gateway.sealedSecret() + " " + stated.get(id)));
        return folded;
    }
}
