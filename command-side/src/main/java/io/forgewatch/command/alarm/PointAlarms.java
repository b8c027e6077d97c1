package io.forgewatch.command.alarm;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of one point and direction: at most one is open.
 *
 * @param open the open one, or null
 * @param cleared the last that was cleared, or null
 * @param raised the latest alarms raised, oldest first, at most {@value #REMEMBERED}
 */
public record PointAlarms(@Nullable Open open, @Nullable Cleared cleared, List<Raised> raised) {

    private static final int REMEMBERED = 100;
    private static final Duration DAY = Duration.ofHours(24);

    /**
     * An alarm that is not cleared.
     *
     * @param limit the highest it reached
     * @param breachedAt when the present, or if it returned the last, time in breach began
     * @param returnedAt since when the value is back, or null while it is not
     * @param inBreachMillis time in breach before {@code breachedAt}, and up to the return if it returned
     */
    public record Open(
            AlarmId id,
            Limit limit,
            Severity severity,
            boolean acknowledged,
            Instant breachedAt,
            @Nullable Instant returnedAt,
            long inBreachMillis) {

        /** 消警 of A at HH, LL or a state asks a person for cause and measure; others clear by themselves. */
        boolean clearsByItself() {
            return severity != Severity.A || !limit.extreme();
        }

        /** How long the value must be back before it may be cleared. */
        Duration settling() {
            return severity == Severity.A ? SETTLING_A : SETTLING;
        }
    }

    /** Time that the value must be normal before 消警, for severity A (dossier §3). */
    public static final Duration SETTLING_A = Duration.ofSeconds(300);

    /** The same for B and C. */
    public static final Duration SETTLING = Duration.ofSeconds(60);

    /** @param returnedAt when its value came back, by detection's clock */
    public record Cleared(AlarmId id, Instant returnedAt, Instant clearedAt, boolean byItself) {}

    public record Raised(long onset, Instant at) {}

    public PointAlarms {
        raised = List.copyOf(raised);
    }

    static PointAlarms none() {
        return new PointAlarms(null, null, List.of());
    }

    /** How many were raised within the 24 h before that moment. */
    int within24h(Instant at) {
        Instant from = at.minus(DAY);
        return (int) raised.stream().filter(each -> each.at().isAfter(from)).count();
    }

    boolean remembers(AlarmId alarm) {
        return raised.stream().anyMatch(each -> each.onset() == alarm.onset());
    }

    PointAlarms opened(Open alarm, Instant at) {
        List<Raised> kept = raised.size() < REMEMBERED ? raised : raised.subList(1, raised.size());
        return new PointAlarms(
                alarm,
                cleared,
                Stream.concat(kept.stream(), Stream.of(new Raised(alarm.id().onset(), at)))
                        .toList());
    }

    PointAlarms with(Open alarm) {
        return new PointAlarms(alarm, cleared, raised);
    }

    PointAlarms closed(Cleared alarm) {
        return new PointAlarms(null, alarm, raised);
    }
}
