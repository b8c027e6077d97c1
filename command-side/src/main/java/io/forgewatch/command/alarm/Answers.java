package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.AcknowledgeAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmId;
import java.util.Map;

/** What people may do with an alarm. */
final class Answers {

    private Answers() {}

    /** Of an alarm that is acknowledged or returned there is nothing to acknowledge. */
    static Decision acknowledge(PointAlarms state, AcknowledgeAlarm command) {
        PointAlarms.Open open = state.open();
        if (open == null || !open.id().equals(command.alarm())) {
            return notOpen(state, command.alarm());
        }
        Map<String, Object> answer = Map.of("id", command.alarm().toString());
        if (open.acknowledged() || open.returnedAt() != null) {
            return Decision.answering(answer);
        }
        return Decision.answering(
                answer, new AlarmAcknowledged(command.alarm().toString(), command.by(), command.at()));
    }

    static Decision clear(PointAlarms state, ClearAlarm command) {
        PointAlarms.Open open = state.open();
        if (open == null || !open.id().equals(command.alarm())) {
            return notOpen(state, command.alarm());
        }
        if (open.returnedAt() == null) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "alarm-not-returned",
                    "数值尚未恢复正常，不能消警。",
                    "The value has not come back yet; the alarm can't be cleared.");
        }
        if (open.settledAt() == null) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "alarm-not-settled",
                    "数值尚未持续恢复正常满规定时间（A 级 300 秒，其他 60 秒，须有良好读数），不能消警。",
                    "Good readings have not yet shown the value to be normal for the time required (300 s for severity A, else"
                            + " 60 s).");
        }
        return Decision.answering(
                Map.of("id", command.alarm().toString()),
                new AlarmCleared(
                        command.alarm().toString(), command.by(), command.cause(), command.measure(), command.at()));
    }

    static Decision notOpen(PointAlarms state, AlarmId alarm) {
        return state.knows(alarm.onset())
                ? Decision.refused(Refusal.Kind.CONFLICT, "alarm-cleared", "该报警已消警。", "The alarm is cleared already.")
                : Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该报警。", "There is no such alarm.");
    }
}
