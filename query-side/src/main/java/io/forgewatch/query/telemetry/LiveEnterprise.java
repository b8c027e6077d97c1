package io.forgewatch.query.telemetry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What frames tell of one enterprise. One thread writes, many read. */
final class LiveEnterprise {

    /**
     * @param lastFrame when its last frame came in, epoch milliseconds
     * @param refused how many of its readings were not taken, ever
     */
    record Gateway(long lastFrame, long refused) {}

    private record Counted(long at, Census census) {}

    private final String id;
    private final List<LiveDevice> devices = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, Gateway> gateways = new ConcurrentHashMap<>();
    private volatile boolean changed;
    private volatile int partition = Listening.UNKNOWN;
    private volatile long liveUntil;
    private volatile Counted counted = new Counted(0, Census.NONE);

    LiveEnterprise(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    void add(LiveDevice device) {
        devices.add(device);
    }

    /** What is to be kept of it, when frames came since it was last asked; null otherwise. */
    @Nullable
    Snapshot snapshot(Indicators names) {
        if (!changed) {
            return null;
        }
        changed = false;
        Snapshot.Rows rows = new Snapshot.Rows();
        devices.forEach(device -> device.copyTo(rows, names));
        return new Snapshot(id, rows.all());
    }

    /** The snapshot did not arrive. */
    void keepAgain() {
        changed = true;
    }

    /** The partition that its frames come from, or {@link Listening#UNKNOWN}. */
    int partition() {
        return partition;
    }

    void frame(int from, String gatewayId, long arrivedAt, int refusedNow) {
        changed = true;
        partition = from;
        gateways.merge(
                gatewayId,
                new Gateway(arrivedAt, refusedNow),
                (held, now) -> new Gateway(Math.max(held.lastFrame, now.lastFrame), held.refused + now.refused));
    }

    void restore(String gatewayId, Gateway kept) {
        gateways.put(gatewayId, kept);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void liveUntil(long time) {
        if (time > liveUntil) {
            liveUntil = time;
        }
    }

    long liveUntil() {
        return liveUntil;
    }

    @Nullable
    Gateway gateway(String gatewayId) {
        return gateways.get(gatewayId);
    }

    Map<String, Gateway> gateways() {
        return Map.copyOf(gateways);
    }

    long refused() {
        return gateways.values().stream().mapToLong(Gateway::refused).sum();
    }

    /** @param wall the time of day, by which a count is used again for so long */
    Census census(long wall, Watch watch, long freshMillis) {
        Counted held = counted;
        if (Math.abs(wall - held.at) < freshMillis) {
            return held.census;
        }
        Census.Count connectedDevices = Census.Count.NONE;
        Census.Count connectedPoints = Census.Count.NONE;
        for (LiveDevice device : devices) {
            Census.Count points = device.connected(watch);
            connectedPoints = connectedPoints.plus(points);
            connectedDevices = connectedDevices.plus(oneOf(points));
        }
        Census.Count online = Census.Count.of(Presence.enterpriseOnline(liveUntil, watch));
        Census census = new Census(online, connectedDevices, connectedPoints);
        counted = new Counted(wall, census);
        return census;
    }

    /** A device is connected by one point. */
    private static Census.Count oneOf(Census.Count points) {
        return new Census.Count(points.live() > 0 ? 1 : 0, points.live() == 0 && points.unknown() > 0 ? 1 : 0);
    }
}
