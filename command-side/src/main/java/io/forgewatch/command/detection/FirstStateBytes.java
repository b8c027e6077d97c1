package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.equipment.MonitoringPoint;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads device states of the first release, which kept the points by their places in the device: version (1), a hash of the list of
 * points (4), then the points. What is under way there goes on.
 */
final class FirstStateBytes {

    static final byte VERSION = 1;

    private static final int PENDING = 1;
    private static final int BROKEN = 2;
    private static final int RETURNING = 3;
    private static final int RETURNED = 4;

    private FirstStateBytes() {}

    /** Those of another list of points can't be told apart: they are unknown, and their open alarms are taken up anew. */
    static DeviceState read(byte[] stored, WatchedDevice device) {
        ByteBuffer in = ByteBuffer.wrap(stored, 1, stored.length - 1);
        if (in.getInt() != device.layout()) {
            return DeviceState.NONE;
        }
        Map<String, PointState> points = new HashMap<>();
        for (MonitoringPoint point : device.device().points()) {
            points.put(point.indicator(), point(in));
        }
        return new DeviceState(points, null);
    }

    private static PointState point(ByteBuffer in) {
        byte parts = in.get();
        if ((parts & 1) == 0) {
            return PointState.UNKNOWN;
        }
        PointState state = new PointState(
                StateBytes.sample(in),
                Sample.NONE,
                in.getLong(),
                in.getLong(),
                in.getDouble(),
                in.getDouble(),
                in.get(),
                0,
                null,
                null,
                Side.NORMAL,
                Side.NORMAL);
        PointState low = state.with(Direction.LOW, (parts & 2) == 0 ? Side.NORMAL : side(in));
        return low.with(Direction.HIGH, (parts & 4) == 0 ? Side.NORMAL : side(in));
    }

    private static Side side(ByteBuffer in) {
        int phase = in.get();
        // There were two depths, the inner and the outer limit.
        int level = in.get() == 2 ? Side.OUTER : Side.INNER;
        Sample onset = StateBytes.sample(in);
        Sample worst = StateBytes.sample(in);
        long since = in.getLong();
        long outerSince = in.getLong();
        long assertedAt = in.getLong();
        int assertions = in.getInt();
        Side.Change side = Side.pending(onset, Side.INNER, since, false, false)
                .change()
                .worst(worst)
                .outerSince(outerSince);
        return switch (phase) {
            case PENDING -> side.side();
            case BROKEN ->
                side.said(Phase.BROKEN, level, assertedAt)
                        .change()
                        .assertions(assertions)
                        .side();
            case RETURNING ->
                side.innerSince(Side.NEVER)
                        .said(Phase.BROKEN, level, assertedAt)
                        .back(since, 0);
            // That it was said to be back does not mean that it was heard: what the table has decides.
            case RETURNED ->
                side.innerSince(Side.NEVER).outerSince(Side.NEVER).agreed().said(Phase.RETURNED, level, assertedAt);
            default -> Side.NORMAL;
        };
    }
}
