package io.forgewatch.event.alarm;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Unit;
import io.forgewatch.event.warning.BilingualText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How people are told what an alarm is of, in both languages; names of points and units are the catalogue's. */
public final class AlarmWords {

    /** What is told of a device, a pit or a crane as a whole, and has no row in the catalogue (dossier §3). */
    private static final Map<String, BilingualText> VERDICTS = Map.of(
            "ROPE", new BilingualText("钢丝绳报废判定", "wire rope to be discarded"),
            "UNFIT", new BilingualText("不具备开浇条件", "not fit to cast"),
            "RUNNING_WHILE_SHUT", new BilingualText("停工期间运行", "running while shut down"),
            "RUNNING_BLIND", new BilingualText("运行中失去监测数据", "running blind"));

    private AlarmWords() {}

    /** A verdict or a point of the catalogue by its name; its code where it is unknown, nothing where there is none. */
    public static BilingualText indicator(String code) {
        if (code.equals(AlarmId.NONE)) {
            return new BilingualText("", "");
        }
        BilingualText verdict = VERDICTS.get(code);
        return verdict != null
                ? verdict
                : Catalogue.standard()
                        .indicator(code)
                        .map(known -> new BilingualText(known.zh(), known.en()))
                        .orElse(new BilingualText(code, code));
    }

    /**
     * A value or limit of an indicator with its unit, or the number of a state.
     *
     * @param unit as the event bears it; that of the catalogue where it bears none
     */
    public static BilingualText value(String indicator, double value, @Nullable String unit) {
        String number = number(value);
        Optional<Indicator> known = Catalogue.standard().indicator(indicator);
        if (known.filter(row -> row.kind() == PointKind.DI).isPresent()) {
            return new BilingualText("状态 " + number, "state " + number);
        }
        String code =
                unit == null || unit.isEmpty() ? known.map(Indicator::unit).orElse("") : unit;
        Unit told = Catalogue.standard().unit(code);
        return code.isEmpty()
                ? new BilingualText(number, number)
                : new BilingualText(number + " " + told.zh(), number + " " + told.en());
    }

    /** A number as people read it: at most three places, and no zeros at its end. */
    public static String number(double value) {
        return new BigDecimal(Double.toString(value))
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A gateway, camera or area by its own number or code, the enterprise as such; a device by the four digits of its own. */
    public static BilingualText subject(String subject) {
        String own = subject.substring(EnterpriseId.LENGTH);
        if (own.isEmpty()) {
            return new BilingualText("全厂", "the works");
        }
        if (own.charAt(0) != '-') {
            return new BilingualText(own.substring(2), own.substring(2));
        }
        String number = own.substring(2);
        return switch (own.charAt(1)) {
            case 'G' -> new BilingualText("网关 " + number, "gateway " + number);
            case 'C' -> new BilingualText("摄像机 " + number, "camera " + number);
            default -> new BilingualText("区域 " + number, "area " + number);
        };
    }

    public static BilingualText limit(Limit limit) {
        return switch (limit) {
            case LL -> new BilingualText("低低限", "low-low limit");
            case L -> new BilingualText("低限", "low limit");
            case H -> new BilingualText("高限", "high limit");
            case HH -> new BilingualText("高高限", "high-high limit");
            case STATE -> new BilingualText("状态异常", "alarm state");
            case INTERLOCK -> new BilingualText("联锁未投入", "interlock not in force");
            case RATE -> new BilingualText("变化过快", "changing too fast");
            case FAULT -> new BilingualText("数据异常", "no data to trust");
            case OFFLINE -> new BilingualText("离线", "offline");
            case AREA -> new BilingualText("多点同时越限", "several points beyond their limits at once");
        };
    }

    public static BilingualText fault(Fault fault) {
        return switch (fault) {
            case SILENT -> new BilingualText("无数据", "silent");
            case CODED -> new BilingualText("故障码", "fault code");
            case IMPOSSIBLE -> new BilingualText("数值不可能", "impossible value");
            case FAILED -> new BilingualText("传感器失效", "sensor failed");
        };
    }

    public static BilingualText end(AlarmEvent.EndReason why) {
        return switch (why) {
            case POINT_REMOVED -> new BilingualText("测点拆除", "point removed");
            case DEVICE_SCRAPPED -> new BilingualText("设备报废", "device scrapped");
            case SENSOR_FAULT -> new BilingualText("传感器故障", "sensor fault");
            case GATEWAY_REMOVED -> new BilingualText("网关拆除", "gateway removed");
        };
    }
}
