package io.forgewatch.command.connectivity;

import io.forgewatch.event.telemetry.PointExtent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The extents of the points of a works, by device. A plant has ten thousand devices, and the fold puts in one after the other: a
 * tree by the characters of the device's code, so that what a device adds copies its own branch, a few entries, and not all
 * there are.
 *
 * @param points of the device whose code ends here; empty elsewhere
 * @param under by the next character of the code
 */
public record Extents(List<PointExtent> points, Map<String, Extents> under) {

    static final Extents NONE = new Extents(List.of(), Map.of());

    public Extents {
        points = List.copyOf(points);
        under = Collections.unmodifiableMap(new TreeMap<>(under));
    }

    /** With these for a device, in the place of what it had. */
    Extents with(String deviceId, List<PointExtent> its) {
        return with(deviceId, 0, its);
    }

    private Extents with(String deviceId, int depth, List<PointExtent> its) {
        if (depth == deviceId.length()) {
            return new Extents(its, under);
        }
        String next = deviceId.substring(depth, depth + 1);
        Map<String, Extents> changed = new TreeMap<>(under);
        changed.put(next, under.getOrDefault(next, NONE).with(deviceId, depth + 1, its));
        return new Extents(points, changed);
    }

    /** Those of a device; empty where it has none. */
    List<PointExtent> of(String deviceId) {
        Extents branch = this;
        for (int depth = 0; depth < deviceId.length(); depth++) {
            branch = branch.under.getOrDefault(deviceId.substring(depth, depth + 1), NONE);
        }
        return branch.points;
    }

    /** The first point, by the devices' codes, of which that holds. */
    Optional<Found> first(Predicate<PointExtent> wanted) {
        return first("", wanted);
    }

    private Optional<Found> first(String deviceId, Predicate<PointExtent> wanted) {
        Optional<Found> here =
                points.stream().filter(wanted).findFirst().map(point -> new Found(deviceId, point.indicator()));
        return here.isPresent()
                ? here
                : under.entrySet().stream()
                        .flatMap(branch -> branch.getValue().first(deviceId + branch.getKey(), wanted).stream())
                        .findFirst();
    }

    /** A point of a device. */
    record Found(String deviceId, String indicator) {}
}
