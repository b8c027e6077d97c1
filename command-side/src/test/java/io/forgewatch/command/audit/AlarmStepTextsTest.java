package io.forgewatch.command.audit;

import static io.forgewatch.command.alarm.Alarms.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlarmStepTextsTest {

    private static final String POINT = "GT3702110001010001.BF_CW_P.LOW.1";
    private static final String GATEWAY = "GT3702110001-G2._.OFFLINE.1";
    private static final String WORKS = "GT3702110001._.QUALITY.1";
    private static final String BLIND = "LJ3702110001180001.RUNNING_BLIND.QUALITY.1";
    private static final String DEVICE = "GT3702110001010001._.QUALITY.1";
    private static final String AREA = "GT3702110001-ZBF1._.AREA.1";

    private static AlarmRaised raised(
            String id, Limit limit, Severity severity, boolean late, @Nullable Fault fault, int points) {
        AlarmId alarm = AlarmId.FORM.parse(id);
        return new AlarmRaised(
                id,
                alarm.device().orElse(null),
                null,
                null,
                null,
                alarm.direction(),
                limit,
                severity,
                null,
                null,
                0,
                null,
                at(0),
                at(1),
                List.of(),
                null,
                1,
                late,
                fault,
                null,
                List.of(),
                points);
    }

    private static void tells(AlarmEvent event, String zh, String en) {
        assertThat(AlarmStepTexts.of(event).zh()).isEqualTo(zh);
        assertThat(AlarmStepTexts.of(event).en()).isEqualTo(en);
    }

    @Test
    void given_alarms_of_every_subject_when_raised_then_both_languages_say_what_of_what() {
        tells(
                raised(POINT, Limit.LL, Severity.A, false, null, 0),
                "A 级报警：冷却水总管压力 低低限",
                "Alarm of severity A: cooling water main pressure low-low limit");
        tells(
                raised(POINT, Limit.RATE, Severity.A, false, null, 0),
                "A 级报警：冷却水总管压力 变化过快",
                "Alarm of severity A: cooling water main pressure changing too fast");
        tells(
                raised(POINT, Limit.LL, Severity.A, true, null, 0),
                "迟报的 A 级报警：冷却水总管压力 低低限",
                "Alarm of severity A, found late: cooling water main pressure low-low limit");
        tells(
                raised(GATEWAY, Limit.OFFLINE, Severity.C, false, null, 40),
                "C 级报警：网关 2 离线（40 个测点）",
                "Alarm of severity C: gateway 2 offline (40 points)");
        tells(
                raised(WORKS, Limit.FAULT, Severity.C, false, Fault.SILENT, 21),
                "C 级报警：全厂 数据异常，无数据（21 个测点）",
                "Alarm of severity C: the works no data to trust, silent (21 points)");
        tells(
                raised(BLIND, Limit.FAULT, Severity.A, false, Fault.SILENT, 3),
                "A 级报警：运行中失去监测数据 数据异常，无数据（3 个测点）",
                "Alarm of severity A: running blind no data to trust, silent (3 points)");
        tells(
                raised(DEVICE, Limit.FAULT, Severity.C, false, Fault.CODED, 6),
                "C 级报警：设备 GT3702110001010001 数据异常，故障码（6 个测点）",
                "Alarm of severity C: device GT3702110001010001 no data to trust, fault code (6 points)");
        tells(
                raised(AREA, Limit.AREA, Severity.A, false, null, 0),
                "A 级报警：区域 BF1 多点同时越限",
                "Alarm of severity A: area BF1 several points beyond their limits at once");
    }

    @Test
    void given_what_follows_when_told_then_with_a_value_where_there_is_one() {
        tells(
                new AlarmReturned(POINT, 0.35, at(9)),
                "冷却水总管压力 值恢复（0.35 MPa）",
                "cooling water main pressure is back (0.35 MPa)");
        tells(new AlarmReturned(GATEWAY, null, at(9)), "网关 2 恢复正常", "gateway 2 is back");
        tells(
                new AlarmBreachedAgain(POINT, Limit.L, 0.29, 5, at(9)),
                "冷却水总管压力 再次越过低限",
                "cooling water main pressure broke its low limit again");
        tells(new AlarmBreachedAgain(GATEWAY, Limit.OFFLINE, null, 5, at(9)), "网关 2 再次离线", "gateway 2: offline again");
        tells(
                new AlarmUpgraded(POINT, Limit.L, Severity.A, 0.29, 0.3, at(9), List.of()),
                "冷却水总管压力 报警升至低限",
                "cooling water main pressure: the alarm rose to the low limit");
        tells(
                new AlarmSettled(POINT, at(9)),
                "冷却水总管压力 已稳定恢复，可消警",
                "cooling water main pressure stayed normal long enough to be cleared");
        tells(
                new AlarmCleared(POINT, null, null, null, at(9)),
                "冷却水总管压力 自动消警",
                "The alarm of cooling water main pressure cleared by itself");
        tells(
                new AlarmEnded(POINT, EndReason.SENSOR_FAULT, "wang", at(9)),
                "wang 批准终止报警 冷却水总管压力（传感器故障）",
                "wang approved the end of the alarm of cooling water main pressure (sensor fault)");
    }

    @Test
    void given_what_settles_and_ends_when_told_then_as_steps_of_their_own() {
        assertThat(StepTelling.of(new AlarmSettled(POINT, at(9))).kind()).isEqualTo(StepKind.ALARM_SETTLED);
        assertThat(StepTelling.of(new AlarmEnded(POINT, EndReason.POINT_REMOVED, "wang", at(9)))
                        .kind())
                .isEqualTo(StepKind.ALARM_ENDED);
    }
}
