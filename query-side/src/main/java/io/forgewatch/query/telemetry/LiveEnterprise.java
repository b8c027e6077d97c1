package io.forgewatch.query.telemetry;

import io.forgewatch.query.web.Region;
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
    record Gateway(long lastFrame, long refused) {

        /** The same as it was known twice. */
        Gateway and(Gateway other) {
            return new Gateway(Math.max(lastFrame, other.lastFrame), Math.max(refused, other.refused));
        }
    }

    private static final long NONE = -1;

    private final String id;
    private final List<String> scopes;
    private final List<LiveDevice> devices = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, Gateway> gateways = new ConcurrentHashMap<>();
    private volatile boolean changed;
    private volatile int partition = Listening.UNKNOWN;
    private volatile long rank = NONE;
    private volatile long liveUntil;

    LiveEnterprise(String id) {
        this.id = id;
        this.scopes = Region.scopes(id);
    }

    String id() {
        return id;
    }

    /** The jurisdictions that it belongs to, as the wire writes them; the last is its own. */
    List<String> scopes() {
        return scopes;
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
        return new Snapshot(id, partition, rank, rows.all(), gateways);
    }

    /** Whether a frame is in what it shows already. Called, as all that changes it, by who takes frames. */
    boolean has(int from, long frame) {
        return from == partition && frame <= rank;
    }

    /** Takes back what a snapshot kept, unless more than that is known already; whether it did. */
    boolean restore(Snapshot kept) {
        if (has(kept.partition(), kept.rank())) {
            return false;
        }
        // A works whose frames moved to another partition has a snapshot of each.
        if (lastFrame(kept.gateways()) >= lastFrame(gateways)) {
            partition = kept.partition();
            rank = kept.rank();
        }
        kept.gateways().forEach((gateway, seen) -> gateways.merge(gateway, seen, Gateway::and));
        return true;
    }

    private static long lastFrame(Map<String, Gateway> of) {
        return of.values().stream().mapToLong(Gateway::lastFrame).max().orElse(0);
    }

    /** The snapshot did not arrive. */
    void keepAgain() {
        changed = true;
    }

    /** The partition that its frames come from, or {@link Listening#UNKNOWN}. */
    int partition() {
        return partition;
    }

    void frame(int from, long frame, String gatewayId, long arrivedAt, int refusedNow) {
        changed = true;
        partition = from;
        rank = frame;
        gateways.merge(
                gatewayId,
                new Gateway(arrivedAt, refusedNow),
                (held, now) -> new Gateway(Math.max(held.lastFrame, now.lastFrame), held.refused + now.refused));
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

    /** Counted anew. */
    Census census(Watch watch) {
        Census.Count connectedDevices = Census.Count.NONE;
        Census.Count connectedPoints = Census.Count.NONE;
        for (LiveDevice device : devices) {
            Census.Count points = device.connected(watch);
            connectedPoints = connectedPoints.plus(points);
            connectedDevices = connectedDevices.plus(oneOf(points));
        }
        Census.Count online = Census.Count.of(Presence.enterpriseOnline(liveUntil, watch));
        return new Census(online, connectedDevices, connectedPoints);
    }

    /** A device is connected by one point. */
    private static Census.Count oneOf(Census.Count points) {
        return new Census.Count(points.live() > 0 ? 1 : 0, points.live() == 0 && points.unknown() > 0 ? 1 : 0);
    }
}
