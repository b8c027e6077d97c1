package io.forgewatch.query.telemetry;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.identity.Jurisdiction;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The latest reading of every point, and who is online by them. Kept in memory; written by one reader of frames. */
public final class LiveReadings {

    /** How old what was counted may be when somebody asks for it. */
    private static final long COUNTED_FRESH_MILLIS = 2_000;

    private final Clock clock;
    private final Listening listening = new Listening();
    private final Indicators indicators = new Indicators();
    private final ConcurrentMap<String, LiveEnterprise> enterprises = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LiveDevice> devices = new ConcurrentHashMap<>();
    private final ReentrantLock counting = new ReentrantLock();
    private volatile @Nullable Counted counted;

    /**
     * What was counted of every jurisdiction at once.
     *
     * @param at epoch milliseconds
     * @param scopes by jurisdiction as the wire writes it
     */
    private record Counted(long at, Map<String, Census> scopes) {}

    public LiveReadings(Clock clock) {
        this.clock = clock;
    }

    /** A device is registered, or registered again with other points. */
    public void expect(String deviceId, Collection<MonitoringPoint> points) {
        LiveDevice device = device(deviceId);
        points.forEach(point -> device.expect(indicators.number(point.indicator()), point.sampleSeconds()));
    }

    /** Null for a point without a reading. */
    public @Nullable LivePoint latest(String deviceId, String indicator) {
        LiveDevice device = devices.get(deviceId);
        return device == null
                ? null
                : device.point(
                        indicators.number(indicator),
                        indicator,
                        watch(enterprises.get(EnterpriseId.of(deviceId).value())));
    }

    /** Since when a point is not live: its last live reading came in then. Null while it is live, or that is not known. */
    public @Nullable Instant unseenSince(String deviceId, String indicator) {
        LiveDevice device = devices.get(deviceId);
        if (device == null) {
            return null;
        }
        Watch watch = watch(enterprises.get(EnterpriseId.of(deviceId).value()));
        long since = device.unseenSince(indicators.number(indicator), watch);
        return since == 0 ? null : Instant.ofEpochMilli(since);
    }

    /** Whether an enterprise is online by dossier §8; null when that is not known yet. */
    public @Nullable Boolean online(String enterpriseId) {
        LiveEnterprise enterprise = enterprises.get(enterpriseId);
        return Presence.enterpriseOnline(enterprise == null ? 0 : enterprise.liveUntil(), watch(enterprise));
    }

    /** The gateways of these ids, as their frames show them. */
    public List<GatewayPresence> gateways(String enterpriseId, Collection<String> registered) {
        LiveEnterprise enterprise = enterprises.get(enterpriseId);
        return registered.stream().map(id -> gateway(id, enterprise)).toList();
    }

    /** The gateways within a jurisdiction that were ever heard, by id. */
    public Map<String, GatewayState> gatewayStates(Jurisdiction scope) {
        Map<String, GatewayState> states = new HashMap<>();
        for (LiveEnterprise enterprise : enterprises.values()) {
            if (scope.covers(new EnterpriseId(enterprise.id()))) {
                Watch watch = watch(enterprise);
                enterprise.gateways().forEach((id, seen) -> states.put(id, Presence.gateway(seen.lastFrame(), watch)));
            }
        }
        return states;
    }

    /** How a gateway stands that was never heard. */
    public GatewayState unheard() {
        return Presence.gateway(0, watch(null));
    }

    /** How many readings of an enterprise were not taken, ever. */
    public long refused(String enterpriseId) {
        LiveEnterprise enterprise = enterprises.get(enterpriseId);
        return enterprise == null ? 0 : enterprise.refused();
    }

    /**
     * How many are online within a jurisdiction; a second old, or two. Counted for all by a timer: who asks looks it up, and counts
     * only where no timer did.
     */
    public Census census(Jurisdiction scope) {
        Counted now = counted;
        if (now == null || Math.abs(clock.millis() - now.at) >= COUNTED_FRESH_MILLIS) {
            now = count();
        }
        return now.scopes.getOrDefault(scope.wire(), Census.NONE);
    }

    /** Counts every jurisdiction, one at a time whoever asks; who comes while somebody counts gets what was there before. */
    private Counted count() {
        Counted last = counted;
        if (last == null) {
            counting.lock();
        } else if (!counting.tryLock()) {
            return last;
        }
        try {
            Counted now = new Counted(clock.millis(), sums());
            counted = now;
            return now;
        } finally {
            counting.unlock();
        }
    }

    /** For the timer. */
    void recount() {
        count();
    }

    private Map<String, Census> sums() {
        Map<String, Census> sums = new HashMap<>();
        for (LiveEnterprise enterprise : enterprises.values()) {
            Census census = enterprise.census(watch(enterprise));
            enterprise.scopes().forEach(scope -> sums.merge(scope, census, Census::plus));
        }
        return sums;
    }

    /** Something of a partition arrived then, epoch milliseconds: a frame, or the pulse of a door. */
    void heard(int partition, long arrivedAt) {
        listening.heard(partition, arrivedAt, clock.millis());
    }

    /** There are these partitions, whether they are heard or not. */
    void expectPartitions(Collection<Integer> partitions) {
        listening.expect(partitions);
    }

    LiveDevice device(String deviceId) {
        LiveDevice known = devices.get(deviceId);
        if (known != null) {
            return known;
        }
        return devices.computeIfAbsent(deviceId, id -> {
            LiveDevice device = new LiveDevice(id);
            enterprise(EnterpriseId.of(id).value()).add(device);
            return device;
        });
    }

    LiveEnterprise enterprise(String enterpriseId) {
        return enterprises.computeIfAbsent(enterpriseId, LiveEnterprise::new);
    }

    /** Takes back what a snapshot kept of an enterprise; newer readings stay. */
    void restore(Snapshot snapshot) {
        LiveEnterprise enterprise = enterprise(snapshot.enterpriseId());
        if (enterprise.restore(snapshot)) {
            for (Snapshot.Row row : snapshot.rows()) {
                enterprise.liveUntil(device(row.device()).restore(indicators.number(row.indicator()), row));
            }
        }
    }

    private Watch watch(@Nullable LiveEnterprise enterprise) {
        int partition = enterprise == null ? Listening.UNKNOWN : enterprise.partition();
        return listening.watch(partition, clock.millis());
    }

    Indicators indicators() {
        return indicators;
    }

    List<LiveEnterprise> enterprises() {
        return enterprises.values().stream()
                .sorted(Comparator.comparing(LiveEnterprise::id))
                .toList();
    }

    private GatewayPresence gateway(String id, @Nullable LiveEnterprise enterprise) {
        LiveEnterprise.Gateway seen = enterprise == null ? null : enterprise.gateway(id);
        long last = seen == null ? 0 : seen.lastFrame();
        return new GatewayPresence(
                id,
                seen == null ? unheard() : Presence.gateway(last, watch(enterprise)),
                last == 0 ? null : Instant.ofEpochMilli(last),
                seen == null ? 0 : seen.refused());
    }
}
