package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a {@link DeviceState}: version (1), the gateway's id, how many points (2), then for each its indicator, which parts
 * there are (1), and the parts in fixed layout. Texts are a length (1) and ASCII. A point at rest has about 70 bytes.
 */
final class StateBytes {

    static final byte VERSION = 2;

    private static final Phase[] PHASES = Phase.values();
    private static final int POINT_BYTES = 64 + 1 + 17 + 8 + 8 + 8 + 8 + 2;
    private static final int SIDE_BYTES = 3 + 2 * 17 + 7 * 8 + 1 + 4;
    private static final int PAST_BYTES = 3 + 2 * 17 + 8;
    private static final int MOVEMENT_BYTES = 8 + 17 + 8;

    private static final int KNOWN = 1;
    private static final int LOW = 2;
    private static final int HIGH = 4;
    private static final int PAST = 8;
    private static final int MOVEMENT = 16;

    private static final int ADOPTED = 1;
    private static final int AGREED = 2;
    private static final int JUMPED = 4;
    private static final int RAMPED = 8;

    private StateBytes() {}

    static DeviceState read(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored, 1, stored.length - 1);
        String gateway = text(in);
        Map<String, PointState> points = new HashMap<>();
        for (int left = in.getShort(); left > 0; left--) {
            points.put(text(in), point(in));
        }
        return new DeviceState(points, gateway.isEmpty() ? null : gateway);
    }

    private static PointState point(ByteBuffer in) {
        int parts = in.get();
        PointState known = PointState.UNKNOWN;
        if ((parts & KNOWN) != 0) {
            // What a movement could be seen from is not kept: a restart is a gap.
            known = new PointState(
                    sample(in),
                    Sample.NONE,
                    in.getLong(),
                    in.getLong(),
                    in.getDouble(),
                    in.getDouble(),
                    in.get(),
                    in.get(),
                    null,
                    null,
                    Side.NORMAL,
                    Side.NORMAL);
        }
        return known.with(Direction.LOW, (parts & LOW) == 0 ? Side.NORMAL : side(in))
                .with(Direction.HIGH, (parts & HIGH) == 0 ? Side.NORMAL : side(in))
                .withPast((parts & PAST) == 0 ? null : past(in))
                .with((parts & MOVEMENT) == 0 ? null : new Movement(in.getDouble(), sample(in), in.getLong()));
    }

    private static Side side(ByteBuffer in) {
        Phase phase = PHASES[Math.floorMod(in.get(), PHASES.length)];
        int marks = in.get();
        return new Side(
                phase,
                in.get(),
                (marks & ADOPTED) != 0,
                (marks & AGREED) != 0,
                (marks & JUMPED) != 0,
                (marks & RAMPED) != 0,
                sample(in),
                sample(in),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.get(),
                in.getLong(),
                in.getInt());
    }

    private static PastBreach past(ByteBuffer in) {
        Direction direction = Direction.values()[in.get()];
        return new PastBreach(direction, sample(in), sample(in), in.get(), in.getLong(), in.get() != 0);
    }

    static Sample sample(ByteBuffer in) {
        return new Sample(in.getLong(), in.getDouble(), in.get());
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.get()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    static byte[] write(DeviceState state) {
        int most = 4 + 64 + state.points().size() * (POINT_BYTES + 2 * SIDE_BYTES + PAST_BYTES + MOVEMENT_BYTES);
        ByteBuffer out = ByteBuffer.allocate(most).put(VERSION);
        write(out, state.gateway() == null ? "" : state.gateway());
        out.putShort((short) state.points().size());
        state.points().forEach((indicator, point) -> {
            write(out, indicator);
            write(out, point);
        });
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void write(ByteBuffer out, PointState state) {
        boolean low = !state.low().is(Phase.NORMAL);
        boolean high = !state.high().is(Phase.NORMAL);
        PastBreach past = state.past();
        Movement movement = state.movement();
        out.put((byte) ((state.isKnown() ? KNOWN : 0)
                + (low ? LOW : 0)
                + (high ? HIGH : 0)
                + (past == null ? 0 : PAST)
                + (movement == null ? 0 : MOVEMENT)));
        if (state.isKnown()) {
            write(out, state.last());
            out.putLong(state.arrivedAt()).putLong(state.changedAt());
            out.putDouble(state.good()).putDouble(state.candidate());
            out.put((byte) state.candidates()).put((byte) state.within());
        }
        if (low) {
            write(out, state.low());
        }
        if (high) {
            write(out, state.high());
        }
        write(out, past);
        if (movement != null) {
            out.putDouble(movement.from());
            write(out, movement.to());
            out.putLong(movement.arrival());
        }
    }

    private static void write(ByteBuffer out, @Nullable PastBreach past) {
        if (past == null) {
            return;
        }
        out.put((byte) past.direction().ordinal());
        write(out, past.onset());
        write(out, past.worst());
        out.put((byte) past.depth()).putLong(past.lastAt()).put((byte) (past.told() ? 1 : 0));
    }

    private static void write(ByteBuffer out, Side side) {
        out.put((byte) side.phase().ordinal());
        out.put((byte) ((side.adopted() ? ADOPTED : 0)
                + (side.agreed() ? AGREED : 0)
                + (side.jumped() ? JUMPED : 0)
                + (side.ramped() ? RAMPED : 0)));
        out.put((byte) side.level());
        write(out, side.onset());
        write(out, side.worst());
        out.putLong(side.innerSince()).putLong(side.outerSince());
        out.putLong(side.ownInner()).putLong(side.ownOuter());
        out.putLong(side.backSince()).putLong(side.backAt()).put((byte) side.backs());
        out.putLong(side.assertedAt()).putInt(side.assertions());
    }

    private static void write(ByteBuffer out, Sample sample) {
        out.putLong(sample.at()).putDouble(sample.value()).put((byte) sample.quality());
    }

    private static void write(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.put((byte) bytes.length).put(bytes);
    }
}
