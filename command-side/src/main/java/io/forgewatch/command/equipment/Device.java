package io.forgewatch.command.equipment;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.command.equipment.EquipmentCommand.RegisterDevice;
import io.forgewatch.command.equipment.EquipmentCommand.SetPointRange;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.Tag;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EquipmentEvent;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import io.forgewatch.event.equipment.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A device 设备设施 with its monitoring points. */
public final class Device implements Decider<Device.State, EquipmentCommand> {

    private static final Sourcing<State> SOURCING = Sourcing.from(new State(false, null, Map.of()))
            // By name: what else happens to the works is no device's business.
            .on(EnterpriseRegistered.class, Device::works, (state, _) -> state.known())
            .on(EquipmentEvent.class, id -> new Subject(SubjectType.DEVICE, id).tag(), Device::after);

    private final Catalogue catalogue;

    /**
     * @param enterpriseKnown whether its enterprise is registered
     * @param registered as it was registered, or null as long as it is not
     * @param ranges of its transmitters that were told since, by indicator
     */
    public record State(boolean enterpriseKnown, @Nullable DeviceRegistered registered, Map<String, Range> ranges) {

        public State {
            ranges = Map.copyOf(ranges);
        }

        private State known() {
            return new State(true, registered, ranges);
        }

        private State with(PointRangeSet set) {
            Map<String, Range> next = new HashMap<>(ranges);
            next.put(set.indicator(), set.range());
            return new State(enterpriseKnown, registered, next);
        }

        /** A point as it is now, or null where the device has none of that indicator. */
        @Nullable
        MonitoringPoint point(String indicator) {
            if (registered == null) {
                return null;
            }
            Range told = ranges.get(indicator);
            return registered.points().stream()
                    .filter(point -> point.indicator().equals(indicator))
                    .findFirst()
                    .map(point -> told == null ? point : point.with(told))
                    .orElse(null);
        }
    }

    public Device(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public String name() {
        return "device";
    }

    @Override
    public Class<EquipmentCommand> commands() {
        return EquipmentCommand.class;
    }

    @Override
    public String key(EquipmentCommand command) {
        return command.device().value();
    }

    @Override
    public Sourcing<State> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(State state, EquipmentCommand command) {
        return switch (command) {
            case RegisterDevice register -> register(state, register);
            case SetPointRange range -> PointRanges.set(state.point(range.indicator()), range);
        };
    }

    private static State after(State state, EquipmentEvent event) {
        return switch (event) {
            case DeviceRegistered registered -> new State(state.enterpriseKnown(), registered, state.ranges());
            case PointRangeSet set -> state.with(set);
        };
    }

    private static Tag works(String device) {
        return new Subject(SubjectType.ENTERPRISE, EnterpriseId.of(device).value()).tag();
    }

    private Decision register(State state, RegisterDevice command) {
        if (!state.enterpriseKnown()) {
            return Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该企业。", "There is no such enterprise.");
        }
        String equipmentClass = command.device().equipmentClass();
        if (catalogue.equipmentClass(equipmentClass).isEmpty()) {
            return Decision.invalid(
                    "unknown-equipment-class",
                    "id",
                    "目录中没有设备类型 " + equipmentClass + "。",
                    "The catalogue has no equipment class " + equipmentClass + ".");
        }
        List<MonitoringPoint> points = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < command.indicators().size(); i++) {
            PointRatings ratings = command.indicators().get(i);
            String field = "indicators/" + i + "/";
            if (!seen.add(ratings.indicator())) {
                return Decision.invalid(
                        "indicator-twice",
                        field + "indicator",
                        "指标 " + ratings.indicator() + " 重复。",
                        "Indicator " + ratings.indicator() + " is named twice.");
            }
            switch (catalogue.resolve(equipmentClass, ratings)) {
                case PointResolution.Resolved(MonitoringPoint point) -> points.add(point);
                case PointResolution.Refused refused -> {
                    return Decision.invalid(
                            refused.code(), field + refused.field(), refused.zh() + "。", refused.en() + ".");
                }
            }
        }
        if (points.isEmpty()) {
            return Decision.invalid("no-indicators", "indicators", "至少需要一个指标。", "At least one indicator is needed.");
        }
        return answer(state, command, points);
    }

    private Decision answer(State state, RegisterDevice command, List<MonitoringPoint> points) {
        String id = command.device().value();
        Map<String, Object> answer = Map.of("id", id, "points", points.size());
        DeviceRegistered known = state.registered();
        DeviceRegistered registered = new DeviceRegistered(
                id,
                command.device().enterprise().value(),
                command.device().equipmentClass(),
                command.name(),
                command.area(),
                points,
                command.at());
        if (known == null) {
            return Decision.answering(answer, registered);
        }
        return new Repetition(catalogue, known).says(registered)
                ? Decision.answering(answer)
                : Decision.refused(
                        Refusal.Kind.CONFLICT,
                        "device-exists",
                        "该设备编码已登记，且信息不同。",
                        "A device with this id is registered already, with other particulars.");
    }
}
