package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.event.alarm.Direction;
import org.jspecify.annotations.Nullable;

/** Where a device's verdicts go, and what has become of those before: the alarms that are open. */
interface Spoken {

    void accept(PointRule rule, Verdict verdict);

    @Nullable
    OpenAlarm open(PointRule rule, Direction direction);

    /** {@link Standing#endedAt} of a point. */
    long endedAt(PointRule rule, Direction direction);

    /** A point could not be evaluated: what it fails with must not cost the others of its device. */
    void failed(Unjudged.Step step, PointRule rule, Throwable failure);

    /** It can be again. */
    void well(Unjudged.Step step, PointRule rule);

    default Standing standing(PointRule rule) {
        return new Standing() {
            @Override
            public @Nullable OpenAlarm open(Direction direction) {
                return Spoken.this.open(rule, direction);
            }

            @Override
            public long endedAt(Direction direction) {
                return Spoken.this.endedAt(rule, direction);
            }
        };
    }
}
