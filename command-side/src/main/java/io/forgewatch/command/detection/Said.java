package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.event.alarm.Direction;
import org.jspecify.annotations.Nullable;

/** What is said of one device, and the table of open alarms that it is compared with. */
record Said(LiveDevice device, Speech speech, OpenAlarms table, Failures failures) implements Spoken {

    /** Where verdicts of any device go. */
    @FunctionalInterface
    interface Speech {
        void say(WatchedDevice device, PointRule rule, Verdict verdict);
    }

    @Override
    public void accept(PointRule rule, Verdict verdict) {
        speech.say(device.device(), rule, verdict);
    }

    @Override
    public @Nullable OpenAlarm open(PointRule rule, Direction direction) {
        return table.of(point(rule, direction));
    }

    @Override
    public long endedAt(PointRule rule, Direction direction) {
        return table.endedAt(point(rule, direction));
    }

    @Override
    public void failed(Unjudged.Step step, PointRule rule, Throwable failure) {
        failures.failed(step, device.id(), rule.name(), failure);
    }

    @Override
    public void well(Unjudged.Step step, PointRule rule) {
        failures.well(step, device.id(), rule.name());
    }

    private String point(PointRule rule, Direction direction) {
        return device.id() + "." + rule.name() + "." + direction;
    }
}
