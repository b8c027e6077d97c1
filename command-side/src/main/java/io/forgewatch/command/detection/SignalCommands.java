package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;

/** What a signal asks of the alarm. */
final class SignalCommands {

    private SignalCommands() {}

    static AlarmCommand of(Signal signal) {
        return switch (signal.kind()) {
            case BREACH -> breach(signal);
            case RETURN -> new ReportReturn(signal.alarm(), signal.value(), signal.at());
            case SETTLED -> new ReportSettled(signal.alarm(), signal.value(), signal.at());
            case LATE -> new ReportLateBreach(breach(signal));
        };
    }

    private static ReportBreach breach(Signal signal) {
        return new ReportBreach(
                signal.alarm(),
                signal.equipmentClass(),
                signal.area(),
                signal.limit(),
                signal.severity(),
                signal.value(),
                signal.threshold(),
                signal.thresholdVersion(),
                signal.unit(),
                signal.readings(),
                signal.at(),
                signal.fault(),
                signal.gateway(),
                signal.points(),
                signal.pointCount());
    }
}
