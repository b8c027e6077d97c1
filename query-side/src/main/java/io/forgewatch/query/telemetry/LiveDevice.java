package io.forgewatch.query.telemetry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest readings of one device, in columns. A device has a dozen points at most, so that looking along them is quicker
 * than a table, and a reading makes no object. Indicators are numbers of {@link Indicators}.
 */
final class LiveDevice {

    private static final int SAMPLE_SECONDS_UNSAID = 5;

    final String id;
    private int size;
    private int[] indicators = new int[8];
    private double[] values = new double[8];
    private long[] times = new long[8];
    private long[] samples = new long[8];
    private int[] cycles = new int[8];
    private byte[] qualities = new byte[8];

    LiveDevice(String id) {
        this.id = id;
    }

    /** What is known of a point by registration. */
    synchronized void expect(int indicator, int sampleSeconds) {
        // First the slot: finding it may put longer arrays in the place of these.
        int slot = slot(indicator);
        cycles[slot] = Math.max(1, sampleSeconds);
    }

    /**
     * Takes a reading; one that is not newer than what is held changes nothing. It says that the point is live when it brings the point's time
     * forward and was not old already when it came in: history that is sent later says nothing about now.
     *
     * @param at when it was measured, no later than it came in
     * @return until when it keeps the enterprise online, or 0
     */
    synchronized long take(int indicator, long at, double value, int quality, long arrivedAt) {
        int slot = slot(indicator);
        boolean live = at > times[slot] && Presence.isOfNow(at, arrivedAt);
        hold(slot, at, value, quality);
        return live ? heard(slot, arrivedAt) : 0;
    }

    /** The same time twice: the first value stands, another is history (dossier §8, code 6). */
    private void hold(int slot, long at, double value, int quality) {
        if (at > times[slot]) {
            times[slot] = at;
            values[slot] = value;
            qualities[slot] = (byte) quality;
        }
    }

    private long heard(int slot, long sample) {
        samples[slot] = Math.max(samples[slot], sample);
        return Presence.liveUntil(sample, cycles[slot]);
    }

    /** Takes back what a snapshot kept. */
    synchronized long restore(int indicator, Snapshot.Row row) {
        int slot = slot(indicator);
        hold(slot, row.at(), row.value(), row.quality());
        return row.sample() == 0 ? 0 : heard(slot, row.sample());
    }

    synchronized @Nullable LivePoint point(int indicator, String name, Watch watch) {
        for (int slot = 0; slot < size; slot++) {
            if (indicators[slot] == indicator) {
                return times[slot] == 0
                        ? null
                        : new LivePoint(
                                name,
                                values[slot],
                                qualities[slot],
                                times[slot],
                                Presence.pointLive(samples[slot], cycles[slot], watch));
            }
        }
        return null;
    }

    /** When a point that is not live was last read, or since when it was not; 0 while it is live or that is not known. */
    synchronized long unseenSince(int indicator, Watch watch) {
        for (int slot = 0; slot < size; slot++) {
            if (indicators[slot] == indicator) {
                boolean unseen = Boolean.FALSE.equals(Presence.pointLive(samples[slot], cycles[slot], watch));
                long last = samples[slot] == 0 ? watch.from() : samples[slot];
                return unseen ? last : 0;
            }
        }
        return 0;
    }

    /** How many of its points are live. */
    synchronized Census.Count connected(Watch watch) {
        int live = 0;
        int unknown = 0;
        for (int slot = 0; slot < size; slot++) {
            Boolean is = Presence.pointLive(samples[slot], cycles[slot], watch);
            if (is == null) {
                unknown++;
            } else if (is) {
                live++;
            }
        }
        return new Census.Count(live, unknown);
    }

    /** Copies every point that has a reading to where snapshots are made. */
    synchronized void copyTo(Snapshot.Rows rows, Indicators names) {
        for (int slot = 0; slot < size; slot++) {
            if (times[slot] != 0) {
                rows.add(id, names.name(indicators[slot]), values[slot], times[slot], samples[slot], qualities[slot]);
            }
        }
    }

    private int slot(int indicator) {
        for (int slot = 0; slot < size; slot++) {
            if (indicators[slot] == indicator) {
                return slot;
            }
        }
        if (size == indicators.length) {
            grow(size * 2);
        }
        indicators[size] = indicator;
        cycles[size] = SAMPLE_SECONDS_UNSAID;
        return size++;
    }

    private void grow(int length) {
        indicators = Arrays.copyOf(indicators, length);
        values = Arrays.copyOf(values, length);
        times = Arrays.copyOf(times, length);
        samples = Arrays.copyOf(samples, length);
        cycles = Arrays.copyOf(cycles, length);
        qualities = Arrays.copyOf(qualities, length);
    }
}
