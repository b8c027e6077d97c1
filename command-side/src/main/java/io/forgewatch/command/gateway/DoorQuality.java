package io.forgewatch.command.gateway;

import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.telemetry.Quality;
import java.time.Duration;

/**
 * The quality of a reading as far as it shows without earlier readings (dossier §8). The gravest wins: a code, then out of
 * range, then late, then a skewed clock.
 */
final class DoorQuality {

    private static final long MOST_SKEW = Duration.ofSeconds(30).toMillis();
    private static final double OUTSIDE = 0.05;

    private final long arrivedAt;
    private final long gatewayNow;
    private final boolean gatewaySkewed;

    /**
     * @param arrivedAt epoch milliseconds by this clock
     * @param created epoch seconds by the gateway's clock, when it signed the frame
     */
    DoorQuality(long arrivedAt, long created) {
        this.arrivedAt = arrivedAt;
        gatewaySkewed = Math.abs(created * 1000 - arrivedAt) > MOST_SKEW;
        // A reading's age goes by the clock that stamped it, else a slow clock would make live readings old.
        gatewayNow = gatewaySkewed ? created * 1000 : arrivedAt;
    }

    byte of(MonitoringPoint point, long at, double value) {
        if (value == 7777 || value == 9988) {
            return Quality.SENSOR_FAULT;
        }
        double margin = (point.spanHigh() - point.spanLow()) * OUTSIDE;
        if (value < point.spanLow() - margin || value > point.spanHigh() + margin) {
            return Quality.OUT_OF_RANGE;
        }
        if (gatewayNow - at > MOST_SKEW) {
            return Quality.LATE;
        }
        return gatewaySkewed || at - arrivedAt > MOST_SKEW ? Quality.CLOCK_SKEW : Quality.GOOD;
    }
}
