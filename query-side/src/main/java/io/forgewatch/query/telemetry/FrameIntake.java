package io.forgewatch.query.telemetry;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameFormatException;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.event.telemetry.Readings;
import io.forgewatch.query.projection.LoggedFrame;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes frames into the live readings, one at a time. Names are looked up once a frame, not once a reading, and a reading makes
 * no object: 150,000 a second are to cost a small part of one processor.
 */
final class FrameIntake {

    private static final Logger LOG = LoggerFactory.getLogger(FrameIntake.class);

    private final LiveReadings live;
    private final Counter broken;
    private final Map<Integer, Long> offsets = new HashMap<>();
    private final @Nullable LiveDevice[] devices = new LiveDevice[Frame.MAX_READINGS];
    private final int[] indicators = new int[Frame.MAX_READINGS];

    FrameIntake(LiveReadings live, MeterRegistry meters) {
        this.live = live;
        this.broken = meters.counter("forgewatch.telemetry.frames.broken");
    }

    synchronized void take(LoggedFrame logged) {
        try {
            if (Pulse.isOne(logged.value())) {
                live.heard(logged.partition(), Pulse.of(logged.value()).atMillis());
            } else {
                take(logged.partition(), Frame.of(logged.value()));
            }
        } catch (FrameFormatException | IllegalArgumentException notOne) {
            broken.increment();
            LOG.warn(
                    "Frame {} of partition {} is skipped: {}",
                    logged.offset(),
                    logged.partition(),
                    notOne.getMessage());
        }
        offsets.put(logged.partition(), logged.offset());
    }

    /** Goes on after these offsets. */
    synchronized void begin(Map<Integer, Long> taken) {
        offsets.clear();
        offsets.putAll(taken);
        live.expectPartitions(taken.keySet());
    }

    /** How far it is, and what was counted until there, as of one moment between two frames. */
    synchronized IntakeState state() {
        Map<String, LiveEnterprise.Gateway> gateways = new HashMap<>();
        live.enterprises().forEach(enterprise -> gateways.putAll(enterprise.gateways()));
        return new IntakeState(Map.copyOf(offsets), gateways);
    }

    private void take(int partition, Frame frame) {
        LiveEnterprise enterprise = live.enterprise(frame.enterpriseId());
        Readings readings = frame.readings();
        Arrays.fill(devices, 0, readings.devices(), null);
        Arrays.fill(indicators, -1);
        long arrivedAt = frame.arrivedAtMillis();
        long liveUntil = 0;
        while (readings.next()) {
            if (readings.quality() != Quality.MISSING) {
                // A point's time: a clock that runs ahead must not make what comes later look old.
                long at = Math.min(readings.at(), arrivedAt);
                long until =
                        device(readings).take(indicator(readings), at, readings.value(), readings.quality(), arrivedAt);
                liveUntil = Math.max(liveUntil, until);
            }
        }
        enterprise.liveUntil(liveUntil);
        // Last: a frame whose columns are broken is not counted in part.
        live.heard(partition, arrivedAt);
        enterprise.frame(
                partition, frame.gatewayId(), arrivedAt, frame.refused().size());
    }

    private LiveDevice device(Readings readings) {
        LiveDevice known = devices[readings.device()];
        if (known != null) {
            return known;
        }
        LiveDevice found = live.device(readings.deviceId());
        devices[readings.device()] = found;
        return found;
    }

    private int indicator(Readings readings) {
        int known = indicators[readings.indicatorIndex()];
        if (known >= 0) {
            return known;
        }
        int found = live.indicators().number(readings.indicator());
        indicators[readings.indicatorIndex()] = found;
        return found;
    }
}
