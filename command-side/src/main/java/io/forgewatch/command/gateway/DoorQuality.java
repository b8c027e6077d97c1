package io.forgewatch.command.gateway;

import io.forgewatch.command.telemetry.PossibleValues;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.Quality;
import java.time.Duration;

/**
 * The quality of the readings of one frame as far as it shows without other readings (dossier §8), in its order: 8 a code, 2 what
 * cannot be, 5 a wrong clock, 7 late. Only 8 takes the place of a value: the others mark it, and it drives its limits all the
 * same.
 */
final class DoorQuality {

    private static final long MOST_AHEAD = ClockOffset.MOST_MILLIS;
    private static final long MOST_BEHIND = Duration.ofSeconds(60).toMillis();

    private final long arrivedAt;
    private final boolean clockWrong;
    private final GatewayCodes codes;

    /**
     * @param arrivedAt epoch milliseconds by our clock
     * @param offset of the gateway's clock
     * @param codes which readings of the gateway are codes
     */
    DoorQuality(long arrivedAt, ClockOffset offset, GatewayCodes codes) {
        this.arrivedAt = arrivedAt;
        this.clockWrong = offset.isWrong();
        this.codes = codes;
    }

    /**
     * @param possible the point's
     * @param at epoch milliseconds by the clock of the device, kept as it is also where it is wrong
     */
    byte of(MonitoringPoint point, PossibleValues possible, long at, double value) {
        if (codes.isCode(value, point)) {
            return Quality.SENSOR_FAULT;
        }
        if (!possible.allow(value)) {
            return Quality.OUT_OF_RANGE;
        }
        if (clockWrong || at - arrivedAt > MOST_AHEAD) {
            return Quality.CLOCK_SKEW;
        }
        return arrivedAt - at > MOST_BEHIND ? Quality.LATE : Quality.GOOD;
    }
}
