package io.forgewatch.command.warning;

import static io.forgewatch.command.warning.Warnings.PRESSURE;
import static io.forgewatch.command.warning.Warnings.W1;
import static io.forgewatch.command.warning.Warnings.alarm;
import static io.forgewatch.command.warning.Warnings.assessed;
import static io.forgewatch.command.warning.Warnings.cleared;
import static io.forgewatch.command.warning.Warnings.close;
import static io.forgewatch.command.warning.Warnings.minute;
import static io.forgewatch.command.warning.Warnings.sign;
import static io.forgewatch.command.warning.Warnings.submitted;
import static io.forgewatch.command.warning.Warnings.warned;

import io.forgewatch.command.decision.Given;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What closing waits for (dossier §5 "Closing"). */
class ClosingTest {

    private static final AlarmRaised UNNAMED = alarm("BF_TOP_T", Limit.H, Severity.B, 35);

    private static Given<WarningState, WarningCommand> answered() {
        return warned(RiskLevel.YELLOW).and(sign(5)).and(submitted(1, 1));
    }

    private static AlarmRaised ofData(boolean late, Severity severity) {
        return new AlarmRaised(
                "GT3702110001010001.BF_CW_P." + (late ? "LOW." : "QUALITY.")
                        + minute(35).toEpochMilli(),
                "GT3702110001010001",
                "01",
                "炼铁区",
                "BF_CW_P",
                late ? Direction.LOW : Direction.QUALITY,
                late ? Limit.LL : Limit.FAULT,
                severity,
                null,
                null,
                0,
                null,
                minute(35),
                minute(35),
                List.of(),
                null,
                1,
                late,
                late ? null : Fault.SILENT,
                null,
                List.of(),
                0);
    }

    @Test
    void givenACountingAlarmThatNoSegmentNamedThenItWaitsForIt() {
        Given<WarningState, WarningCommand> open =
                answered().and(cleared(PRESSURE), assessed(RiskLevel.BLUE, 34), UNNAMED);

        open.when(close(40)).thenNothing();
        open.and(cleared(UNNAMED)).when(close(41)).then(new WarningClosed(W1, minute(41)));
    }

    @Test
    void givenAnAlarmThatWasEndedThenItIsOverLikeAClearedOne() {
        Given<WarningState, WarningCommand> open = answered().and(assessed(RiskLevel.BLUE, 34));

        open.when(close(40)).thenNothing();
        open.and(new AlarmEnded(PRESSURE.alarmId(), EndReason.SENSOR_FAULT, "qian", minute(35)))
                .when(close(40))
                .then(new WarningClosed(W1, minute(40)));
    }

    @Test
    void givenAlarmsThatDoNotCountThenItWaitsForNone() {
        answered()
                .and(cleared(PRESSURE), assessed(RiskLevel.BLUE, 34))
                .and(ofData(false, Severity.C), ofData(true, Severity.A), alarm("EAF_HYD_T", Limit.HH, Severity.C, 35))
                .when(close(40))
                .then(new WarningClosed(W1, minute(40)));
    }

    @Test
    void givenAWorksThatRunsBlindThenItWaitsForThat() {
        answered()
                .and(cleared(PRESSURE), assessed(RiskLevel.BLUE, 34))
                .and(ofData(false, Severity.A))
                .when(close(40))
                .thenNothing();
    }
}
