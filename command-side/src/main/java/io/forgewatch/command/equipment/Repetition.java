package io.forgewatch.command.equipment;

import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Reference;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A registration that is sent again says what is known. What the catalogue alone says (such as a gate) makes no difference: it
 * may say it otherwise by now.
 */
record Repetition(Catalogue catalogue, DeviceRegistered known) {

    boolean says(DeviceRegistered again) {
        List<MonitoringPoint> before = known.points();
        List<MonitoringPoint> now = again.points();
        return known.name().equals(again.name())
                && known.area().equals(again.area())
                && before.size() == now.size()
                && IntStream.range(0, now.size()).allMatch(i -> isTheSame(before.get(i), now.get(i)));
    }

    private boolean isTheSame(MonitoringPoint before, MonitoringPoint now) {
        return before.indicator().equals(now.indicator())
                && before.limits().equals(now.limits())
                && Objects.equals(before.range(), now.range())
                && before.manual() == now.manual()
                && (Objects.equals(before.set(), now.set()) || isInLimits(before));
    }

    /** Set values were not kept in former times; where limits follow from them, the same limits are the same set value. */
    private boolean isInLimits(MonitoringPoint before) {
        return before.set() == null
                && catalogue
                        .indicator(known.equipmentClass(), before.indicator())
                        .filter(indicator -> indicator.follows(Reference.SET))
                        .isPresent();
    }
}
