package io.forgewatch.command.warning;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.AlarmWords;
import io.forgewatch.event.alarm.AreaWords;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EquipmentClass;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.Topic;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /**
     * @param named the alarms that it is about, worst first
     * @param open how many are open in all
     * @param deadlines null where nothing is demanded
     */
    BilingualText text(RiskLevel level, double index, List<AlarmNote> named, int open, @Nullable Deadlines deadlines) {
        List<AlarmNote> told = named.stream().limit(MOST_ALARMS).toList();
        int others = Math.max(0, open - told.size());
        BilingualText advice = named.isEmpty() ? rules.advice(Topic.EQUIPMENT) : advice(named.getFirst());
        String zh = colour(level).zh() + "预警，风险指数 " + AlarmWords.number(index) + "。"
                + listed(told.stream().map(this::zh).toList(), "；", others > 0 ? "另有 " + others + " 项报警" : "", "。")
                + "先做：" + advice.zh()
                + "。" + (deadlines == null ? "" : asked(deadlines).zh());
        String en = colour(level).en() + " warning, risk index " + AlarmWords.number(index) + ". "
                + listed(told.stream().map(this::en).toList(), "; ", others > 0 ? "and " + others + " more" : "", ". ")
                + "First: " + advice.en()
                + "." + (deadlines == null ? "" : " " + asked(deadlines).en());
        return new BilingualText(zh, en);
    }

    private BilingualText advice(AlarmNote worst) {
        return rules.advice(
                worst.indicator(),
                AlarmId.FORM.parse(worst.alarmId()).direction(),
                catalogue.indicator(worst.indicator()).map(Indicator::topic).orElse(Topic.EQUIPMENT));
    }

    /** Nothing where there is none to tell of. */
    private static String listed(List<String> told, String separator, String others, String end) {
        String all = Stream.concat(told.stream(), Stream.of(others))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(separator));
        return all.isEmpty() ? "" : all + end;
    }

    private static BilingualText asked(Deadlines deadlines) {
        return new BilingualText(
                "请于 " + time(deadlines.sign()) + " 前签收，" + time(deadlines.feedback()) + " 前首次反馈（北京时间）。",
                "Sign by " + time(deadlines.sign()) + ", first answer by " + time(deadlines.feedback())
                        + " (Beijing time).");
    }

    private String zh(AlarmNote note) {
        String where = joined(
                " ",
                note.area(),
                equipment(note).map(EquipmentClass::zh).orElse(""),
                AlarmWords.subject(note.subject()).zh(),
                AlarmWords.indicator(note.indicator()).zh());
        String limit = AlarmWords.limit(note.limit()).zh();
        return switch (note.limit()) {
            case INTERLOCK, FAULT, OFFLINE, AREA -> where + "：" + limit;
            case STATE ->
                where + "：" + limit + (note.value() == null ? "" : "（" + AlarmWords.number(note.value()) + "）");
            case RATE -> where + told(" ", note, note.value()).zh() + "，" + limit;
            case LL, L, H, HH ->
                where
                        + told(" ", note, note.value()).zh()
                        + told("，" + limit + " ", note, note.threshold()).zh();
        };
    }

    private String en(AlarmNote note) {
        String device = joined(
                " ",
                equipment(note).map(EquipmentClass::en).orElse(""),
                AlarmWords.subject(note.subject()).en());
        String where = joined(
                ", ",
                note.area() == null ? null : AreaWords.english(note.area()).orElse(null),
                device,
                AlarmWords.indicator(note.indicator()).en());
        String limit = AlarmWords.limit(note.limit()).en();
        return switch (note.limit()) {
            case INTERLOCK, FAULT, OFFLINE, AREA -> where + ": " + limit;
            case STATE ->
                note.value() == null
                        ? where + ": " + limit
                        : where + ": state " + AlarmWords.number(note.value()) + " is an alarm";
            case RATE -> where + told(" ", note, note.value()).en() + ", " + limit;
            case LL, L, H, HH ->
                where
                        + told(" ", note, note.value()).en()
                        + told(", " + limit + " ", note, note.threshold()).en();
        };
    }

    private Optional<EquipmentClass> equipment(AlarmNote note) {
        return note.equipmentClass() == null ? Optional.empty() : catalogue.equipmentClass(note.equipmentClass());
    }

    private static String joined(String separator, @Nullable String... parts) {
        return Stream.of(parts).filter(part -> part != null && !part.isEmpty()).collect(Collectors.joining(separator));
    }

    /** A value behind what leads to it; nothing where there is none. */
    private static BilingualText told(String before, AlarmNote note, @Nullable Double value) {
        if (value == null) {
            return new BilingualText("", "");
        }
        BilingualText told = AlarmWords.value(note.indicator(), value, note.unit());
        return new BilingualText(before + told.zh(), before + told.en());
    }

    private static BilingualText colour(RiskLevel level) {
        return switch (level) {
            case RED -> new BilingualText("红色", "Red");
            case ORANGE -> new BilingualText("橙色", "Orange");
            case YELLOW -> new BilingualText("黄色", "Yellow");
            case BLUE -> new BilingualText("蓝色", "Blue");
        };
    }

    private static String time(Instant instant) {
        return BEIJING.format(instant);
    }
}
