package io.forgewatch.command.audit;

import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultAccepted;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultRejected;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.AlarmWords;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.warning.BilingualText;
import org.jspecify.annotations.Nullable;

/** What the steps of an alarm say to people, in both languages. */
final class AlarmStepTexts {

    private AlarmStepTexts() {}

    static BilingualText of(AlarmEvent event) {
        AlarmId id = AlarmId.FORM.parse(event.alarmId());
        BilingualText what = what(id);
        String zh = what.zh();
        String en = what.en();
        return switch (event) {
            case AlarmRaised raised -> raised(raised, what);
            case AlarmUpgraded upgraded ->
                new BilingualText(
                        zh + " 报警升至" + AlarmWords.limit(upgraded.limit()).zh(),
                        en + ": the alarm rose to the "
                                + AlarmWords.limit(upgraded.limit()).en());
            case AlarmAcknowledged acknowledged ->
                new BilingualText(
                        acknowledged.by() + " 确认报警 " + zh, acknowledged.by() + " acknowledged the alarm of " + en);
            case AlarmReturned returned -> returned(id, what, returned.value());
            case AlarmBreachedAgain again -> again(again.limit(), what);
            case AlarmSettled _ ->
                new BilingualText(zh + " 已稳定恢复，可消警", en + " stayed normal long enough to be cleared");
            case AlarmCleared cleared ->
                cleared.by() == null
                        ? new BilingualText(zh + " 自动消警", "The alarm of " + en + " cleared by itself")
                        : new BilingualText(cleared.by() + " 消警 " + zh, cleared.by() + " cleared the alarm of " + en);
            case SensorFaultClaimed claimed ->
                new BilingualText(
                        claimed.by() + " 申报传感器故障 " + zh,
                        claimed.by() + " claimed that the sensor of " + en + " is dead");
            case SensorFaultAccepted accepted ->
                new BilingualText(
                        accepted.by() + " 同意传感器故障申报 " + zh,
                        accepted.by() + " accepted that the sensor of " + en + " is dead");
            case PointOutOfForce force ->
                new BilingualText(
                        zh + " 退出越限判定，至 " + force.until() + " 或恢复正常",
                        "The limits of " + en + " are out of force until " + force.until()
                                + ", or until good readings are back inside them");
            case PointInForce _ ->
                new BilingualText(zh + " 恢复正常，重新参加越限判定", "The limits of " + en + " are in force again");
            case SensorFaultRejected rejected ->
                new BilingualText(
                        rejected.by() + " 退回传感器故障申报 " + zh,
                        rejected.by() + " did not accept that the sensor of " + en + " is dead");
            case AlarmEnded ended -> {
                BilingualText why = AlarmWords.end(ended.why());
                yield new BilingualText(
                        ended.by() + " 批准终止报警 " + zh + "（" + why.zh() + "）",
                        ended.by() + " approved the end of the alarm of " + en + " (" + why.en() + ")");
            }
        };
    }

    private static BilingualText raised(AlarmRaised raised, BilingualText what) {
        BilingualText limit = AlarmWords.limit(raised.limit());
        String zh = what.zh() + " " + limit.zh();
        String en = what.en() + " " + limit.en();
        if (raised.fault() != null) {
            BilingualText fault = AlarmWords.fault(raised.fault());
            zh += "，" + fault.zh();
            en += ", " + fault.en();
        }
        if (raised.pointCount() > 0) {
            zh += "（" + raised.pointCount() + " 个测点）";
            en += " (" + raised.pointCount() + " points)";
        }
        return raised.late()
                ? new BilingualText(
                        "迟报的 " + raised.severity() + " 级报警：" + zh,
                        "Alarm of severity " + raised.severity() + ", found late: " + en)
                : new BilingualText(
                        raised.severity() + " 级报警：" + zh, "Alarm of severity " + raised.severity() + ": " + en);
    }

    private static BilingualText returned(AlarmId id, BilingualText what, @Nullable Double value) {
        if (value == null) {
            return new BilingualText(what.zh() + " 恢复正常", what.en() + " is back");
        }
        BilingualText read = AlarmWords.value(id.indicator(), value, null);
        return new BilingualText(what.zh() + " 值恢复（" + read.zh() + "）", what.en() + " is back (" + read.en() + ")");
    }

    private static BilingualText again(Limit limit, BilingualText what) {
        BilingualText name = AlarmWords.limit(limit);
        return switch (limit) {
            case LL, L, H, HH ->
                new BilingualText(what.zh() + " 再次越过" + name.zh(), what.en() + " broke its " + name.en() + " again");
            case STATE, INTERLOCK, RATE, FAULT, OFFLINE, AREA ->
                new BilingualText(what.zh() + " 再次" + name.zh(), what.en() + ": " + name.en() + " again");
        };
    }

    /** The point or verdict; where it is of no device or of none of its points, also of what. */
    private static BilingualText what(AlarmId id) {
        BilingualText indicator = AlarmWords.indicator(id.indicator());
        if (id.device().isPresent() && !id.indicator().equals(AlarmId.NONE)) {
            return indicator;
        }
        BilingualText subject = id.device()
                .map(device -> new BilingualText("设备 " + device, "device " + device))
                .orElseGet(() -> AlarmWords.subject(id.subject()));
        return id.indicator().equals(AlarmId.NONE)
                ? subject
                : new BilingualText(subject.zh() + " " + indicator.zh(), subject.en() + " " + indicator.en());
    }
}
