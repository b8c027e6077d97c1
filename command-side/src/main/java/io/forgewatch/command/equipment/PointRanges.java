package io.forgewatch.command.equipment;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.equipment.EquipmentCommand.SetPointRange;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.equipment.RangeFault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows from telling the range of a transmitter. Its first one or a wider one counts at once (dossier §2). */
final class PointRanges {

    private PointRanges() {}

    /** @param point as it is now, or null where the device has none of that indicator */
    static Decision set(@Nullable MonitoringPoint point, SetPointRange command) {
        if (point == null) {
            return Decision.refused(
                    Refusal.Kind.NOT_FOUND, "not-found", "没有该设备或监测点。", "There is no such device or point.");
        }
        Range range = command.range();
        RangeFault fault = RangeFault.of(point, range);
        if (fault != null) {
            return Decision.refused(
                    Refusal.Kind.INVALID,
                    "range-invalid",
                    point.indicator() + " " + fault.zh() + "。",
                    point.indicator() + ": " + fault.en() + ".");
        }
        Map<String, Object> answer = Map.of("id", command.device().value(), "indicator", point.indicator());
        Range before = point.range();
        if (range.equals(before)) {
            return Decision.answering(answer);
        }
        if (before != null && !range.covers(before) && !command.byAuthority()) {
            return Decision.refused(
                    Refusal.Kind.FORBIDDEN,
                    "forbidden",
                    "企业只能首次设定或扩大量程；缩小量程须由所在地区的应急管理部门或部级办理。",
                    "An enterprise may tell the first range or a wider one; only an authority of its region or the"
                            + " ministry may make it narrower.");
        }
        return Decision.answering(
                answer,
                new PointRangeSet(
                        command.device().value(),
                        command.device().enterprise().value(),
                        point.indicator(),
                        range,
                        command.by(),
                        command.at()));
    }
}
