package io.forgewatch.query.telemetry;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.event.telemetry.Readings;
import io.forgewatch.query.projection.LoggedFrame;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
    private final StandingFrames standing = new StandingFrames();
    private final Map<Integer, Long> ranks = new HashMap<>();
    private final @Nullable LiveDevice[] devices = new LiveDevice[Frame.MAX_READINGS];
    private final int[] indicators = new int[Frame.MAX_READINGS];

    FrameIntake(LiveReadings live, MeterRegistry meters) {
        this.live = live;
        this.broken = meters.counter("forgewatch.telemetry.frames.broken");
    }

    /** Where frames wait that only newer code can read. */
    StandingFrames standing() {
        return standing;
    }

    synchronized void take(LoggedFrame logged) {
        if (standing.isOne(logged.partition())) {
            return;
        }
        if (Frame.isOfNewerVersion(logged.value())) {
            standing.stands(logged.partition(), logged.offset());
            return;
        }
        long rank = rank(logged);
        try {
            byte[] value = Objects.requireNonNull(logged.value(), "a record without a value");
            if (Pulse.isOne(value)) {
                live.heard(logged.partition(), Pulse.of(value).atMillis());
            } else {
                take(logged.partition(), rank, Frame.of(value));
            }
        } catch (RuntimeException notOne) {
            // Whatever is wrong with one frame: the next one is somebody else's.
            broken.increment();
            LOG.warn("Frame {} of partition {} is skipped: {}", logged.offset(), logged.partition(), notOne.toString());
        }
        ranks.put(logged.partition(), rank);
    }

    /** Goes on after these. */
    synchronized void begin(IntakeState taken) {
        ranks.clear();
        ranks.putAll(taken.ranks());
        standing.clear();
        live.expectPartitions(taken.ranks().keySet());
    }

    /** How far it is. */
    synchronized IntakeState state() {
        return new IntakeState(ranks);
    }

    /** What is to be kept of an enterprise as of one moment between two frames; null when nothing came since the last time. */
    synchronized @Nullable Snapshot snapshot(LiveEnterprise enterprise) {
        return enterprise.snapshot(live.indicators());
    }

    /** What comes again from the beginning is of a topic that was made anew. */
    private long rank(LoggedFrame logged) {
        Long last = ranks.get(logged.partition());
        if (last == null) {
            return Rank.of(0, logged.offset());
        }
        long life = Rank.life(last);
        return Rank.of(logged.offset() > Rank.offset(last) ? life : life + 1, logged.offset());
    }

    private void take(int partition, long rank, Frame frame) {
        LiveEnterprise enterprise = live.enterprise(frame.enterpriseId());
        if (enterprise.has(partition, rank)) {
            live.heard(partition, frame.arrivedAtMillis());
            return; // the snapshot of it is newer than how far all were taken
        }
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
                partition, rank, frame.gatewayId(), arrivedAt, frame.refused().size());
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
