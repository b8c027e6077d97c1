package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import io.forgewatch.event.telemetry.Quality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A device as detection watches it, at times that the test says: milliseconds after {@link #T0}. Ratings and set values are 100.
 * The table of open alarms is empty unless the test fills it, or follows what is said.
 */
final class Watched implements Spoken {

    static final long T0 = 1_732_440_000_000L;
    static final String ENTERPRISE = "GT3702110001";

    final List<Verdict> said = new ArrayList<>();
    final Map<String, OpenAlarm> table = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private LiveDevice live;
    private boolean follows;
    /** Points of which nothing can be said: whatever has a word of them fails. */
    final Set<String> unspeakable = new HashSet<>();

    final List<String> failed = new ArrayList<>();
    /** When an alarm of the device was last cleared, as the table has it. */
    long endedAt;

    private long now;

    private Watched(Device device) {
        live = LiveDevice.unknown(new WatchedDevice(device));
    }

    static Watched of(String equipmentClass, String... indicators) {
        return new Watched(device(
                equipmentClass,
                Stream.of(indicators).map(code -> point(equipmentClass, code)).toList()));
    }

    static Watched of(String equipmentClass, MonitoringPoint... points) {
        return new Watched(device(equipmentClass, List.of(points)));
    }

    static Device device(String equipmentClass, List<MonitoringPoint> points) {
        return new Device(ENTERPRISE + equipmentClass + "0001", ENTERPRISE, equipmentClass, "炼铁", points);
    }

    static MonitoringPoint point(String equipmentClass, String code) {
        return point(equipmentClass, code, 100);
    }

    static MonitoringPoint point(String equipmentClass, String code, double rating) {
        Indicator indicator = Catalogue.standard()
                .indicator(equipmentClass, code)
                .orElseThrow(() -> new AssertionError("No indicator " + code));
        return point(indicator, rating);
    }

    static MonitoringPoint point(Indicator indicator, double rating) {
        String variant = indicator.variants().isEmpty()
                ? null
                : indicator.variants().keySet().stream().sorted().findFirst().orElseThrow();
        // Where the catalogue has a value of its own, that serves.
        boolean own = !indicator.defaults().isEmpty();
        Double set = own || indicator.oppositeOf() != null ? null : (Double) rating;
        Double design = own ? null : (Double) rating;
        PointResolution resolution = Catalogue.standard()
                .resolve(
                        indicator.equipmentClass(),
                        new PointRatings(indicator.code(), rating, set, design, rating, variant));
        assertThat(resolution).as(indicator.code()).isInstanceOf(PointResolution.Resolved.class);
        return ((PointResolution.Resolved) resolution).point();
    }

    /** From now on the table has what was said, as if it were decided at once. */
    Watched following() {
        follows = true;
        return this;
    }

    LiveDevice live() {
        return live;
    }

    PointRule rule(String indicator) {
        return live.device().rule(live.device().place(indicator));
    }

    PointState state(String indicator) {
        return live.states()[live.device().place(indicator)];
    }

    /** What was said as {@code BREACH LL 0}: kind, limit, repeat. */
    List<String> told() {
        return List.copyOf(told);
    }

    /** The same without repeats. */
    List<String> news() {
        return told.stream().filter(one -> one.endsWith(" 0")).toList();
    }

    Watched read(long after, String indicator, double value) {
        return read(after, indicator, value, Quality.GOOD);
    }

    Watched read(long after, String indicator, double value, int quality) {
        return arrived(after, after, indicator, value, quality, false);
    }

    /** A reading that was measured at another time than it arrived. */
    Watched arrived(long after, long at, String indicator, double value, int quality, boolean stale) {
        now = T0 + after;
        live.device()
                .read(
                        live,
                        live.device().place(indicator),
                        new Sample(T0 + at, value, quality),
                        T0 + after,
                        stale,
                        this);
        return this;
    }

    Watched tick(long after) {
        now = T0 + after;
        live.device().tick(live, now, this);
        return this;
    }

    /** Reads a value every so often, and lets time pass as detection does. */
    Watched hold(long from, long until, long every, String indicator, double value) {
        for (long t = from; t <= until; t += 100) {
            if ((t - from) % every == 0) {
                read(t, indicator, value);
            }
            tick(t);
        }
        return this;
    }

    Watched pass(long from, long until) {
        for (long t = from; t <= until; t += 100) {
            tick(t);
        }
        return this;
    }

    /** The process starts anew with what was stored, perhaps with another version of the device. */
    Watched restarted(Device device) {
        WatchedDevice watched = new WatchedDevice(device);
        live = LiveDevice.of(watched, live.written(now));
        return this;
    }

    Watched changed(Device device) {
        live = live.under(new WatchedDevice(device));
        return this;
    }

    void open(String indicator, Direction direction, Limit limit, boolean returned, boolean settled) {
        AlarmId id = new AlarmId(live.id(), indicator, direction, T0);
        table.put(id.point(), open(id, limit, returned, settled));
    }

    private OpenAlarm open(AlarmId id, Limit limit, boolean returned, boolean settled) {
        return new OpenAlarm(
                id, limit, rule(id.indicator()).point().severity(), returned, settled, id.onset(), null, List.of(), 0);
    }

    /** Compares with the table, as detection does every few seconds. */
    void compare(long after) {
        List.copyOf(table.values()).forEach(open -> live.device().adopt(live, open, T0 + after));
    }

    @Override
    public void failed(Unjudged.Step step, PointRule rule, Throwable failure) {
        failed.add(step + " " + rule.name());
    }

    @Override
    public void well(Unjudged.Step step, PointRule rule) {
        failed.remove(step + " " + rule.name());
    }

    @Override
    public void accept(PointRule rule, Verdict verdict) {
        if (unspeakable.contains(rule.name())) {
            throw new IllegalStateException("Nothing can be said of " + rule.name());
        }
        said.add(verdict);
        Limit limit = rule.limit(verdict.direction(), verdict.depth());
        told.add(verdict.kind() + " " + limit + " " + verdict.assertion());
        if (follows && verdict.kind() != Verdict.Kind.LATE) {
            AlarmId id = new AlarmId(live.id(), rule.name(), verdict.direction(), verdict.onset());
            boolean back = verdict.kind() != Verdict.Kind.BREACH;
            table.put(id.point(), open(id, limit, back, verdict.kind() == Verdict.Kind.SETTLED));
        }
    }

    @Override
    public @Nullable OpenAlarm open(PointRule rule, Direction direction) {
        return table.get(live.id() + "." + rule.name() + "." + direction);
    }

    @Override
    public long endedAt(PointRule rule, Direction direction) {
        return endedAt;
    }
}
