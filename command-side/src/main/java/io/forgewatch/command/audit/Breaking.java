package io.forgewatch.command.audit;

import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.Direction;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Which of the readings that an alarm carries broke a limit: the first may only have broken the inner one. */
final class Breaking {

    private Breaking() {}

    /**
     * The first that is at the limit or beyond it; where none is, the last; empty without readings.
     *
     * @param threshold the limit, null for states: then any reading is one
     */
    static Optional<CausingReading> of(Direction direction, @Nullable Double threshold, List<CausingReading> readings) {
        DoublePredicate beyond = beyond(direction, threshold);
        return readings.stream()
                .filter(reading -> beyond.test(reading.value()))
                .findFirst()
                .or(() -> readings.isEmpty() ? Optional.empty() : Optional.of(readings.getLast()));
    }

    private static DoublePredicate beyond(Direction direction, @Nullable Double threshold) {
        if (threshold == null) {
            return value -> true;
        }
        return switch (direction) {
            case LOW -> value -> value <= threshold;
            case HIGH -> value -> value >= threshold;
            case STATE, QUALITY, OFFLINE, AREA -> value -> true;
        };
    }
}
