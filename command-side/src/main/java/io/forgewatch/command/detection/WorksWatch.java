package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.alarm.OutOfForce;
import io.forgewatch.command.detection.Verdict.Kind;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is not heard of a works 一处故障一条报警 (dossier §3): its gateways, its faulty points, and the alarms that follow, as few as
 * tell it. Points that are silent since their gateway fell silent wait for the gateway.
 */
final class WorksWatch implements WorksHearing {

    private static final int MOST_OF_A_DEVICE = 5;
    private static final int MOST_OF_THE_WORKS = 20;
    private static final long WORKS_OFFLINE_MILLIS = 600_000;
    private static final long BLIND_BY_GATEWAY_MILLIS = 60_000;
    /** A gateway whose alarm is open is back while it is heard so often; it sends a heartbeat every 30 s. */
    private static final long HEARD_MILLIS = 45_000;
    /** A works whose alarm was found open after a start is looked at for so long before it is said to be good. */
    private static final long WINDOW_MILLIS = 150_000;

    private final String enterpriseId;
    private final Map<String, GatewayHearing> gateways = new HashMap<>();
    private final Map<String, DeviceFaults> devices = new HashMap<>();
    /** Those that run, or of which something is or was wrong: the others need not be gone through every second. */
    private final Map<String, DeviceFaults> urgent = new TreeMap<>();

    private final Map<String, FaultAlarm> alarms = new LinkedHashMap<>();
    private final Set<String> named = new HashSet<>();
    private AlarmTable table = point -> null;
    private long liveUntil;

    WorksWatch(String enterpriseId) {
        this.enterpriseId = enterpriseId;
    }

    GatewayHearing gateway(String gatewayId) {
        return gateways.computeIfAbsent(gatewayId, _ -> new GatewayHearing());
    }

    /** A point that people don't read has a live reading, and is live until then if no other comes. */
    void live(long until) {
        liveUntil = Math.max(liveUntil, until);
    }

    /** A device is there, or is there in another version. */
    DeviceFaults device(LiveDevice device) {
        DeviceFaults known = devices.get(device.id());
        if (known == null || known.device() != device) {
            known = new DeviceFaults(device);
            devices.put(device.id(), known);
            if (device.gateway() != null) {
                gateway(device.gateway());
            }
        }
        return known;
    }

    /** Looks at a device's points; {@code true} when it must be looked at again soon. */
    boolean look(LiveDevice device, Hearing hearing, AlarmTable open) {
        table = open;
        DeviceFaults faults = device(device);
        faults.look(hearing, this);
        boolean soon = faults.isUrgent(hearing.now()) || isNamed(device);
        if (soon) {
            urgent.put(device.id(), faults);
        } else {
            urgent.remove(device.id());
        }
        return soon;
    }

    private boolean isNamed(LiveDevice device) {
        return named.stream().anyMatch(point -> point.startsWith(device.id()));
    }

    @Override
    public boolean isNamed(String point) {
        return named.contains(point);
    }

    @Override
    public @Nullable GatewayHearing gatewayOf(LiveDevice device, String indicator) {
        String own = device.memory().point(indicator).gateway();
        String gateway = own == null ? device.gateway() : own;
        GatewayHearing known = gateway == null ? null : gateways.get(gateway);
        return known == null || known.heardAt() == 0 ? null : known;
    }

    @Override
    public boolean hasLimitAlarm(LiveDevice device, PointRule rule) {
        for (Direction direction : PointWatch.DIRECTIONS) {
            if (rule.isOf(direction) && table.of(device.id() + "." + rule.name() + "." + direction) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean hasLimitAlarm(LiveDevice device, String indicator) {
        return PointWatch.DIRECTIONS.stream()
                .anyMatch(direction -> table.of(device.id() + "." + indicator + "." + direction) != null);
    }

    @Override
    public boolean isOutOfForce(LiveDevice device, PointRule rule, PointState state, long now) {
        for (Direction direction : PointWatch.DIRECTIONS) {
            Side side = state.side(direction);
            if (rule.isOf(direction) && side.isUnderWay()) {
                OutOfForce force = table.outOfForce(device.id() + "." + rule.name() + "." + direction);
                if (force != null && force.covers(side.onset().at(), Instant.ofEpochMilli(now))) {
                    return true;
                }
            }
        }
        return false;
    }

    private long heardOf(LiveDevice device) {
        GatewayHearing gateway = device.gateway() == null ? null : gateways.get(device.gateway());
        return gateway == null ? 0 : gateway.heardAt();
    }

    /** Decides what should be said now, and says what the table of open alarms does not have. */
    void tick(Hearing hearing, AlarmTable open, BiConsumer<FaultAlarm, Kind> say) {
        table = open;
        Map<String, FaultSpec> wanted = wanted(hearing);
        wanted.forEach((key, spec) -> {
            FaultAlarm known = alarms.get(key);
            if (known == null) {
                FaultAlarm began = FaultAlarm.began(spec, hearing.now());
                alarms.put(key, began);
                say.accept(began, Kind.BREACH);
            } else {
                alarms.put(key, known.faulty(spec, hearing.now(), say));
            }
        });
        alarms.entrySet().removeIf(entry -> {
            FaultAlarm alarm = entry.getValue();
            if (!wanted.containsKey(entry.getKey())) {
                alarm = isReplaced(alarm, wanted) || isGood(alarm, hearing)
                        ? alarm.good(hearing.now())
                        : alarm.unknown();
            }
            FaultAlarm next = alarm.tick(hearing.now(), table.of(entry.getKey()), say);
            if (next == null) {
                return true;
            }
            entry.setValue(next);
            return false;
        });
        named.clear();
        alarms.values().stream()
                .filter(FaultAlarm::isOpen)
                .forEach(alarm -> named.addAll(alarm.spec().points()));
    }

    private Map<String, FaultSpec> wanted(Hearing hearing) {
        Map<String, FaultSpec> wanted = new TreeMap<>();
        boolean worksOffline = !devices.isEmpty() && hearing.silence(liveUntil) >= WORKS_OFFLINE_MILLIS;
        if (worksOffline) {
            put(wanted, FaultSpec.offline(enterpriseId));
        } else {
            gateways.forEach((id, gateway) -> {
                if (hearing.silence(gateway.heardAt()) >= GatewayHearing.OFFLINE_MILLIS) {
                    put(wanted, FaultSpec.offline(id));
                }
            });
        }
        Map<String, Fault> all = new TreeMap<>();
        urgent.values().forEach(device -> {
            Map<String, Fault> blinding = blinding(device, hearing);
            if (blinding.isEmpty()) {
                all.putAll(device.counting());
            } else {
                put(
                        wanted,
                        FaultSpec.blind(
                                device.device().id(), blinding, device.device().gateway()));
            }
        });
        if (all.size() > MOST_OF_THE_WORKS || (!all.isEmpty() && isFaulty(enterpriseId))) {
            put(wanted, FaultSpec.ofMany(enterpriseId, all, null));
        } else {
            urgent.values().forEach(device -> ofDevice(wanted, device, all));
        }
        return wanted;
    }

    private Map<String, Fault> blinding(DeviceFaults device, Hearing hearing) {
        boolean gatewaySilent = device.runs()
                && device.device().gateway() != null
                && hearing.silence(heardOf(device.device())) >= BLIND_BY_GATEWAY_MILLIS;
        return gatewaySilent ? device.protection(this) : device.blinding();
    }

    private void ofDevice(Map<String, FaultSpec> wanted, DeviceFaults device, Map<String, Fault> all) {
        Map<String, Fault> own = new TreeMap<>(device.counting());
        own.keySet().retainAll(all.keySet());
        String id = device.device().id();
        String gateway = device.device().gateway();
        if (own.size() > MOST_OF_A_DEVICE || (!own.isEmpty() && isFaulty(id))) {
            put(wanted, FaultSpec.ofMany(id, own, gateway));
        } else {
            own.forEach((point, fault) ->
                    put(wanted, FaultSpec.ofPoint(id, point.substring(id.length() + 1), fault, gateway)));
        }
    }

    /** One alarm for many stays until all its points are good. */
    private boolean isFaulty(String subject) {
        FaultAlarm open = alarms.get(subject + "._." + Direction.QUALITY);
        return open != null && open.phase() == FaultAlarm.Phase.FAULTY;
    }

    private static void put(Map<String, FaultSpec> wanted, FaultSpec spec) {
        wanted.put(spec.key(), spec);
    }

    /**
     * Another alarm stands in place of it: of the works for its gateways and devices, of a device for its points, and that it runs
     * blind while it runs.
     */
    private boolean isReplaced(FaultAlarm alarm, Map<String, FaultSpec> wanted) {
        FaultSpec spec = alarm.spec();
        if (spec.indicator().equals(FaultSpec.RUNNING_BLIND)) {
            DeviceFaults device = devices.get(spec.subject());
            return device != null && !device.runs();
        }
        return !spec.subject().equals(enterpriseId)
                && (wanted.containsKey(enterpriseId + "._." + spec.direction())
                        || wanted.containsKey(spec.subject() + "._." + Direction.QUALITY)
                        || wanted.containsKey(
                                spec.subject() + "." + FaultSpec.RUNNING_BLIND + "." + Direction.QUALITY));
    }

    /** That nothing is wrong any more must have been heard since the last pause: silence ends nothing. */
    private boolean isGood(FaultAlarm alarm, Hearing hearing) {
        FaultSpec spec = alarm.spec();
        if (spec.direction() == Direction.OFFLINE) {
            return spec.subject().equals(enterpriseId)
                    ? liveUntil >= hearing.now()
                    : hearing.now() - gateway(spec.subject()).heardAt() <= HEARD_MILLIS;
        }
        boolean unnamed = spec.pointCount() > spec.points().size();
        return spec.points().stream().allMatch(this::isGood)
                && (!unnamed || hearing.now() - hearing.from() >= WINDOW_MILLIS);
    }

    private boolean isGood(String point) {
        DeviceFaults device = devices.get(point.substring(0, point.indexOf('.')));
        return device != null && device.isGood(point);
    }

    /** Takes up an alarm that the table has open and nothing is remembered of. */
    void adopt(OpenAlarm open, Hearing hearing) {
        String key = open.id().point();
        if (!alarms.containsKey(key)) {
            FaultSpec spec = new FaultSpec(
                    open.id().subject(),
                    open.id().indicator(),
                    open.id().direction(),
                    open.severity(),
                    open.fault(),
                    null,
                    open.points(),
                    open.pointCount());
            alarms.put(key, FaultAlarm.adopted(spec, open, hearing.now()));
        }
    }
}
