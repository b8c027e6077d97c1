package io.forgewatch.command.detection;

import java.util.Arrays;

/**
 * A device with the states of its points as they are now, and when they were last written to the store.
 *
 * <p>What is under way (a delay, a breach) is written with every frame: a restart must go on with it. A device at rest is written
 * every {@value #REST_MILLIS} ms only, which spares nine of ten writes: what a restart then has too little of is the last samples
 * of a few seconds, in which nothing was beyond a limit.
 */
final class LiveDevice {

    static final long REST_MILLIS = 15_000;

    private final WatchedDevice device;
    private final PointState[] states;
    private long writtenAt;
    private boolean writtenAtRest;

    private LiveDevice(WatchedDevice device, PointState[] states) {
        this.device = device;
        this.states = states;
        this.writtenAtRest = isAtRest();
        // Spread, lest all that came to life together be written together.
        this.writtenAt = -Math.floorMod(device.device().id().hashCode(), REST_MILLIS);
    }

    static LiveDevice of(WatchedDevice device, byte[] stored) {
        return new LiveDevice(device, DeviceState.read(stored, device));
    }

    static LiveDevice unknown(WatchedDevice device) {
        return new LiveDevice(device, DeviceState.read(null, device));
    }

    /** The same after the plant's information changed: the states stay when the points are the same. */
    LiveDevice under(WatchedDevice changed) {
        return of(changed, DeviceState.write(states, device));
    }

    WatchedDevice device() {
        return device;
    }

    PointState[] states() {
        return states;
    }

    String id() {
        return device.device().id();
    }

    byte[] written(long now) {
        writtenAt = now;
        writtenAtRest = isAtRest();
        return DeviceState.write(states, device);
    }

    boolean mustBeWritten(long now) {
        return !writtenAtRest || !isAtRest() || now - writtenAt >= REST_MILLIS;
    }

    private boolean isAtRest() {
        return Arrays.stream(states)
                .allMatch(state ->
                        state.low().phase() == Side.Phase.NORMAL && state.high().phase() == Side.Phase.NORMAL);
    }
}
