package io.forgewatch.command.detection;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
    private final DeviceMemory memory;
    private final PointMemory[] remembered;
    private @Nullable String gateway;
    private long writtenAt;
    private boolean writtenAtRest;

    private LiveDevice(WatchedDevice device, DeviceState stored, DeviceMemory memory) {
        this.device = device;
        this.states = stored.states(device);
        this.memory = memory;
        this.remembered = IntStream.range(0, device.size())
                .mapToObj(place -> memory.point(device.rule(place).name()))
                .toArray(PointMemory[]::new);
        this.gateway = stored.gateway();
        this.writtenAtRest = isAtRest();
    }

    static LiveDevice of(WatchedDevice device, byte @Nullable [] stored) {
        return new LiveDevice(device, DeviceState.read(stored, device), new DeviceMemory());
    }

    static LiveDevice unknown(WatchedDevice device) {
        return new LiveDevice(device, DeviceState.NONE, new DeviceMemory());
    }

    /** The same after the plant's information changed: each point that still is there keeps its state. */
    LiveDevice under(WatchedDevice changed) {
        memory.broken().clear();
        LiveDevice next = new LiveDevice(changed, DeviceState.of(device, states, gateway), memory);
        next.writtenAt = writtenAt;
        return next;
    }

    WatchedDevice device() {
        return device;
    }

    PointState[] states() {
        return states;
    }

    DeviceMemory memory() {
        return memory;
    }

    /** What is remembered of the point at that place. */
    PointMemory remembered(int place) {
        return remembered[place];
    }

    String id() {
        return device.device().id();
    }

    /** The gateway that last brought a frame of it, or null. */
    @Nullable
    String gateway() {
        return gateway;
    }

    void broughtBy(String gatewayId) {
        if (!gatewayId.equals(gateway)) {
            gateway = gatewayId;
        }
    }

    byte[] written(long now) {
        writtenAt = now;
        writtenAtRest = isAtRest();
        return DeviceState.of(device, states, gateway).bytes();
    }

    boolean mustBeWritten(long now) {
        if (writtenAt == 0) {
            // The first time is spread, lest all that came to life together be written together ever after.
            writtenAt = now - REST_MILLIS + 1 + Math.floorMod(id().hashCode(), REST_MILLIS);
        }
        return !writtenAtRest || !isAtRest() || now - writtenAt >= REST_MILLIS;
    }

    private boolean isAtRest() {
        for (PointState state : states) {
            if (!state.isAtRest()) {
                return false;
            }
        }
        return true;
    }
}
