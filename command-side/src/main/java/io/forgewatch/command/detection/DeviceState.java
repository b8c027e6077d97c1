package io.forgewatch.command.detection;

import java.nio.BufferUnderflowException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the store keeps of a device: the states of its points by their indicators, so that they stay whatever else becomes of the
 * device, and the gateway that last brought a frame of it.
 */
record DeviceState(Map<String, PointState> points, @Nullable String gateway) {

    static final DeviceState NONE = new DeviceState(Map.of(), null);

    static DeviceState of(WatchedDevice device, PointState[] states, @Nullable String gateway) {
        Map<String, PointState> points = new HashMap<>();
        for (int i = 0; i < states.length; i++) {
            if (states[i].isKnown() || !states[i].isAtRest()) {
                points.put(device.rule(i).name(), states[i]);
            }
        }
        return new DeviceState(points, gateway);
    }

    /** The states in the order of the device's points; those that were not stored are unknown. */
    PointState[] states(WatchedDevice device) {
        PointState[] states = new PointState[device.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = points.getOrDefault(device.rule(i).name(), PointState.UNKNOWN);
        }
        return states;
    }

    byte[] bytes() {
        return StateBytes.write(this);
    }

    /** Reads a stored value of this or an earlier version; what cannot be read is unknown. */
    static DeviceState read(byte @Nullable [] stored, WatchedDevice device) {
        if (stored == null || stored.length == 0) {
            return NONE;
        }
        try {
            return switch (stored[0]) {
                case StateBytes.VERSION -> StateBytes.read(stored);
                case FirstStateBytes.VERSION -> FirstStateBytes.read(stored, device);
                default -> NONE;
            };
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            return NONE;
        }
    }
}
