package io.forgewatch.command.warning;

import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EquipmentClass;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.Topic;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a warning says to a safety officer, in both languages: how grave, what and where with values, what to do first, until
 * when. Names at most {@value #MOST_ALARMS} alarms, the worst ones, and counts the others.
 */
final class WarningMessage {

    private static final int MOST_ALARMS = 3;
    private static final DateTimeFormatter BEIJING =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.ofHours(8));

    private final Catalogue catalogue;
    private final WarningRules rules;

    WarningMessage(Catalogue catalogue, WarningRules rules) {
        this.catalogue = catalogue;
        this.rules = rules;
    }

    /** @param worstFirst the alarms that are not cleared */
    BilingualText text(RiskLevel level, double index, List<AlarmNote> worstFirst, Deadlines deadlines) {
        List<AlarmNote> named = worstFirst.stream().limit(MOST_ALARMS).toList();
        int others = worstFirst.size() - named.size();
        BilingualText advice = worstFirst.isEmpty()
                ? rules.advice(Topic.EQUIPMENT)
                : rules.advice(catalogue
                        .indicator(worstFirst.getFirst().indicator())
                        .map(Indicator::topic)
                        .orElse(Topic.EQUIPMENT));
        String zh = colour(level).zh() + "预警，风险指数 " + number(index) + "。"
                + named.stream().map(this::zh).collect(Collectors.joining("；"))
                + (others > 0 ? "；另有 " + others + " 项报警" : "")
                + "。先做：" + advice.zh()
                + "。请于 " + time(deadlines.sign()) + " 前签收，" + time(deadlines.feedback()) + " 前首次反馈（北京时间）。";
        String en = colour(level).en() + " warning, risk index " + number(index) + ". "
                + named.stream().map(this::en).collect(Collectors.joining("; "))
                + (others > 0 ? "; and " + others + " more" : "")
                + ". First: " + advice.en()
                + ". Sign by " + time(deadlines.sign()) + ", first answer by " + time(deadlines.feedback())
                + " (Beijing time).";
        return new BilingualText(zh, en);
    }

    private String zh(AlarmNote note) {
        String equipment = catalogue
                .equipmentClass(note.equipmentClass())
                .map(EquipmentClass::zh)
                .orElse("设备");
        String indicator =
                catalogue.indicator(note.indicator()).map(Indicator::zh).orElse(note.indicator());
        String where = note.area() + " " + equipment + " " + own(note) + " " + indicator;
        return switch (note.limit()) {
            case INTERLOCK -> where + "：联锁未投入";
            case STATE -> where + "：状态异常（" + number(note.value()) + "）";
            case LL, L, H, HH ->
                where + " " + number(note.value()) + " " + note.unit()
                        + limit(note, "，", limitName(note.limit()).zh());
        };
    }

    private String en(AlarmNote note) {
        String equipment = catalogue
                .equipmentClass(note.equipmentClass())
                .map(EquipmentClass::en)
                .orElse("device");
        String indicator =
                catalogue.indicator(note.indicator()).map(Indicator::en).orElse(note.indicator());
        String where = note.area() + ", " + equipment + " " + own(note) + ", " + indicator;
        return switch (note.limit()) {
            case INTERLOCK -> where + ": interlock not in force";
            case STATE -> where + ": state " + number(note.value()) + " is an alarm";
            case LL, L, H, HH ->
                where + " " + number(note.value()) + " " + note.unit()
                        + limit(note, ", ", limitName(note.limit()).en());
        };
    }

    private static String limit(AlarmNote note, String separator, String name) {
        return note.threshold() == null ? "" : separator + name + " " + number(note.threshold()) + " " + note.unit();
    }

    private static BilingualText limitName(Limit limit) {
        return switch (limit) {
            case LL -> new BilingualText("低低限", "low-low limit");
            case L -> new BilingualText("低限", "low limit");
            case H -> new BilingualText("高限", "high limit");
            case HH -> new BilingualText("高高限", "high-high limit");
            case STATE, INTERLOCK -> new BilingualText("状态", "state");
        };
    }

    private static BilingualText colour(RiskLevel level) {
        return switch (level) {
            case RED -> new BilingualText("红色", "Red");
            case ORANGE -> new BilingualText("橙色", "Orange");
            case YELLOW -> new BilingualText("黄色", "Yellow");
            case BLUE -> new BilingualText("蓝色", "Blue");
        };
    }

    /** The four digits of its own within a device's code. */
    private static String own(AlarmNote note) {
        return note.deviceId().substring(EnterpriseId.LENGTH + 2);
    }

    private static String number(double value) {
        return new BigDecimal(Double.toString(value))
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String time(Instant instant) {
        return BEIJING.format(instant);
    }
}
