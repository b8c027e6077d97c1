package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states of a device's points as one value of the state store, so that a frame costs one get and one put a device: version
 * (1), layout (4), then for each point a mark of which parts there are (1) and the parts in fixed layout. A point at rest has 50
 * bytes.
 */
final class DeviceState {

    private static final byte VERSION = 1;
    private static final Phase[] PHASES = Phase.values();
    private static final int POINT_BYTES = 1 + 17 + 8 + 8 + 8 + 8 + 1;
    private static final int SIDE_BYTES = 2 + 2 * 17 + 3 * 8 + 4;

    private DeviceState() {}

    /** The states in a stored value; those of an unknown device where there is none, or one of other points. */
    static PointState[] read(byte @Nullable [] stored, WatchedDevice device) {
        PointState[] states = new PointState[device.size()];
        if (stored == null || !read(stored, device.layout(), states)) {
            Arrays.fill(states, PointState.UNKNOWN);
        }
        return states;
    }

    private static boolean read(byte[] stored, int layout, PointState[] states) {
        try {
            ByteBuffer in = ByteBuffer.wrap(stored);
            if (in.get() != VERSION || in.getInt() != layout) {
                return false;
            }
            for (int i = 0; i < states.length; i++) {
                states[i] = point(in);
            }
            return true;
        } catch (BufferUnderflowException e) {
            return false;
        }
    }

    private static PointState point(ByteBuffer in) {
        byte parts = in.get();
        if ((parts & 1) == 0) {
            return PointState.UNKNOWN;
        }
        return new PointState(
                sample(in),
                in.getLong(),
                in.getLong(),
                in.getDouble(),
                in.getDouble(),
                in.get(),
                (parts & 2) == 0 ? Side.NORMAL : side(in),
                (parts & 4) == 0 ? Side.NORMAL : side(in));
    }

    private static Side side(ByteBuffer in) {
        Phase phase = PHASES[Math.floorMod(in.get(), PHASES.length)];
        return new Side(phase, in.get(), sample(in), sample(in), in.getLong(), in.getLong(), in.getLong(), in.getInt());
    }

    private static Sample sample(ByteBuffer in) {
        return new Sample(in.getLong(), in.getDouble(), in.get());
    }

    static byte[] write(PointState[] states, WatchedDevice device) {
        ByteBuffer out = ByteBuffer.allocate(5 + states.length * (POINT_BYTES + 2 * SIDE_BYTES));
        out.put(VERSION).putInt(device.layout());
        for (PointState state : states) {
            write(out, state);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void write(ByteBuffer out, PointState state) {
        if (!state.isKnown()) {
            out.put((byte) 0);
            return;
        }
        boolean low = state.low().phase() != Phase.NORMAL;
        boolean high = state.high().phase() != Phase.NORMAL;
        out.put((byte) (1 + (low ? 2 : 0) + (high ? 4 : 0)));
        write(out, state.last());
        out.putLong(state.arrivedAt()).putLong(state.changedAt());
        out.putDouble(state.good()).putDouble(state.candidate()).put((byte) state.candidates());
        if (low) {
            write(out, state.low());
        }
        if (high) {
            write(out, state.high());
        }
    }

    private static void write(ByteBuffer out, Side side) {
        out.put((byte) side.phase().ordinal()).put((byte) side.level());
        write(out, side.onset());
        write(out, side.worst());
        out.putLong(side.since()).putLong(side.outerSince()).putLong(side.assertedAt());
        out.putInt(side.assertions());
    }

    private static void write(ByteBuffer out, Sample sample) {
        out.putLong(sample.at()).putDouble(sample.value()).put((byte) sample.quality());
    }
}
