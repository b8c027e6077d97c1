package io.forgewatch.command.warning;

import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.warning.Warnings.RULES;
import static io.forgewatch.command.warning.Warnings.assessed;
import static io.forgewatch.command.warning.Warnings.consider;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people read of alarms that are not of a point's limit. */
class WarningMessageTest {

    private final WarningMessage message = new WarningMessage(Catalogue.standard(), RULES);

    private static AlarmNote note(
            String subject, @Nullable String equipmentClass, @Nullable String area, String indicator, Limit limit) {
        return new AlarmNote(
                subject + "." + indicator + ".STATE.1",
                subject,
                equipmentClass,
                area,
                indicator,
                limit,
                Severity.A,
                null,
                null,
                null,
                START);
    }

    private BilingualText text(AlarmNote... notes) {
        return message.text(RiskLevel.ORANGE, 60, List.of(notes), notes.length, null);
    }

    @Test
    void given_an_alarm_of_an_area_when_told_then_it_says_which_and_that_several_points_are_beyond() {
        BilingualText text = text(note("GT3702110001-ZLG1", null, "炼钢区", "_", Limit.AREA));

        assertThat(text.zh()).startsWith("橙色预警，风险指数 60。炼钢区 区域 LG1：多点同时越限。先做：");
        assertThat(text.en())
                .startsWith(
                        "Orange warning, risk index 60. steelmaking area, area LG1: several points beyond their limits at once."
                                + " First: ");
    }

    @Test
    void given_a_furnace_that_runs_blind_when_told_then_it_says_so_and_names_no_value() {
        BilingualText text = text(note("GT3702110001010001", "01", "炼铁区", "RUNNING_BLIND", Limit.FAULT));

        assertThat(text.zh()).startsWith("橙色预警，风险指数 60。炼铁区 高炉 0001 运行中失去监测数据：数据异常。先做：");
        assertThat(text.en()).contains("blast furnace 0001, running blind: no data to trust. First: ");
    }

    @Test
    void given_an_area_whose_name_is_in_no_words_of_the_trade_when_told_in_english_then_the_device_says_where() {
        BilingualText text = text(note("GT3702110001010001", "01", "老王的场子", "RUNNING_BLIND", Limit.FAULT));

        assertThat(text.zh()).contains("老王的场子 高炉 0001");
        assertThat(text.en()).contains("risk index 60. blast furnace 0001, running blind");
    }

    private static AlarmNote measured(
            String device, String equipmentClass, String indicator, String direction, Limit limit) {
        String alarm = device + "." + indicator + "." + direction + ".1";
        return new AlarmNote(alarm, device, equipmentClass, "一跨", indicator, limit, Severity.A, -0.5, -0.3, "m", START);
    }

    @Test
    void given_too_little_water_in_a_casting_pit_when_told_then_nobody_is_asked_to_drain_it() {
        BilingualText low = text(measured("GT3702110001210001", "21", "AL_PIT_LV", "LOW", Limit.LL));
        BilingualText high = text(measured("GT3702110001210001", "21", "AL_PIT_LV", "HIGH", Limit.HH));

        assertThat(low.zh()).contains("补水至设计水位").doesNotContain("排");
        assertThat(low.en()).contains("filled to its design level").doesNotContain("drain");
        assertThat(high.zh()).contains("排水至设计水位");
        assertThat(high.en()).contains("drain the pit");
    }

    @Test
    void given_an_emergency_ladle_that_is_not_in_place_when_told_then_it_is_to_be_put_there() {
        BilingualText text = text(measured("GT3702110001100001", "10", "CC_EMG_LADLE", "STATE", Limit.STATE));

        assertThat(text.zh()).contains("事故钢水罐").contains("就位").doesNotContain("积水");
        assertThat(text.en()).contains("in place").doesNotContain("water");
    }

    @Test
    void given_water_on_the_floor_when_told_then_it_is_to_be_gone() {
        assertThat(text(measured("GT3702110001170001", "17", "PIT_WATER", "STATE", Limit.STATE))
                        .en())
                .contains("only when the water is gone");
    }

    @Test
    void given_more_alarms_than_are_told_then_the_others_are_counted() {
        AlarmNote area = note("GT3702110001-ZLG1", null, "炼钢区", "_", Limit.AREA);

        assertThat(message.text(RiskLevel.RED, 90, List.of(area), 4, null).zh()).contains("多点同时越限；另有 3 项报警。先做：");
        assertThat(message.text(RiskLevel.RED, 90, List.of(area), 4, null).en())
                .contains("at once; and 3 more. First: ");
    }

    @Test
    void given_a_late_alarm_then_no_warning_tells_of_it_or_waits_for_it() {
        WarningIssued issued = Warnings.given()
                .and(Warnings.PRESSURE, late(Warnings.TUYERE), assessed(RiskLevel.YELLOW, 2))
                .when(consider(2))
                .only(WarningIssued.class);

        assertThat(issued.alarms()).containsExactly(Warnings.PRESSURE.alarmId());
        assertThat(issued.openCount()).isEqualTo(1);
        assertThat(issued.message().zh()).doesNotContain("另有");
        Warnings.given()
                .and(late(Warnings.TUYERE), assessed(RiskLevel.BLUE, 2))
                .when(consider(2))
                .thenNothing();
    }

    private static AlarmRaised late(AlarmRaised raised) {
        return new AlarmRaised(
                raised.alarmId(),
                raised.deviceId(),
                raised.equipmentClass(),
                raised.area(),
                raised.indicator(),
                raised.direction(),
                raised.limit(),
                raised.severity(),
                raised.value(),
                raised.threshold(),
                raised.thresholdVersion(),
                raised.unit(),
                raised.onset(),
                raised.raisedAt(),
                raised.readings(),
                null,
                1,
                true,
                null,
                null,
                List.of(),
                0);
    }
}
