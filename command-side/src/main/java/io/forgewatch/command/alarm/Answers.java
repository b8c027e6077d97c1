package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.AcknowledgeAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearReturnedAlarm;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Instant;
import java.util.Map;

/** What people, and the rule that clears by itself, may do with an alarm. */
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
        Instant returned = open.returnedAt();
        if (returned == null) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "alarm-not-returned",
                    "数值尚未恢复正常，不能消警。",
                    "The value has not come back yet; the alarm can't be cleared.");
        }
        if (command.at().isBefore(returned.plus(open.settling()))) {
            long seconds = open.settling().toSeconds();
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "alarm-not-settled",
                    "数值须恢复正常满 " + seconds + " 秒后方可消警。",
                    "The value must have been normal for " + seconds + " s before the alarm can be cleared.");
        }
        return Decision.answering(
                Map.of("id", command.alarm().toString()),
                new AlarmCleared(
                        command.alarm().toString(), command.by(), command.cause(), command.measure(), command.at()));
    }

    /** Does nothing when the alarm went on, was cleared, needs a person or has not settled: then another date is entered for it. */
    static Decision clearByItself(PointAlarms state, ClearReturnedAlarm command) {
        PointAlarms.Open open = state.open();
        if (open == null
                || !open.id().equals(command.alarm())
                || open.returnedAt() == null
                || !open.clearsByItself()
                || command.at().isBefore(open.returnedAt().plus(open.settling()))) {
            return Decision.nothing();
        }
        return Decision.accepted(new AlarmCleared(command.alarm().toString(), null, null, null, command.at()));
    }

    private static Decision notOpen(PointAlarms state, AlarmId alarm) {
        return state.remembers(alarm)
                ? Decision.refused(Refusal.Kind.CONFLICT, "alarm-cleared", "该报警已消警。", "The alarm is cleared already.")
                : Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该报警。", "There is no such alarm.");
    }
}
