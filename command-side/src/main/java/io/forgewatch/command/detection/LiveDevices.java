package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Unjudged.Step;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.command.telemetry.PlantDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one partition: live in memory, and as much in the state store as a restart needs. One that can't be made a watch of
 * is unknown, or is watched on as it was registered before: it costs no other.
 */
final class LiveDevices {

    /** Where of so many not one can be watched, that is not theirs. */
    private static final int PROVES = 10;

    private final PlantDirectory directory;
    private final KeyValueStore<String, byte[]> store;
    private final Failures failures;
    private final Map<String, LiveDevice> live = new HashMap<>();
    /** As they are registered where no watch can be made of it: that is not tried again with every frame. */
    private final Map<String, Device> unbuilt = new HashMap<>();
    /** By the names of points in their order: of as many as there are different makes of devices. */
    private final Map<List<String>, Places> places = new HashMap<>();

    /**
     * Reads what the store has.
     *
     * @throws IllegalStateException where none of its many devices can be watched: to pass them all over would be to go on blind, on
     *     an instance that seems to be ready to take the place of one that judges
     */
    LiveDevices(PlantDirectory directory, KeyValueStore<String, byte[]> store, Failures failures) {
        this.directory = directory;
        this.store = store;
        this.failures = failures;
        int there = 0;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                Device device = directory.device(one.key);
                if (device != null) {
                    build(device, null, one.value);
                    there++;
                }
            }
        }
        if (there >= PROVES
                && live.values().stream().noneMatch(device -> device.device().size() > 0)) {
            throw new IllegalStateException("Of " + there + " devices none can be watched by this release");
        }
    }

    Iterable<LiveDevice> all() {
        return live.values();
    }

    /** A device of this partition that was read before, as it is registered now; or null. */
    @Nullable
    LiveDevice known(String id) {
        return live.containsKey(id) ? find(id) : null;
    }

    /** A device as it is registered now, or null when it is not, or can't be watched. */
    @Nullable
    LiveDevice find(String id) {
        Device device = directory.device(id);
        if (device == null) {
            return null;
        }
        LiveDevice known = live.get(id);
        if (known != null && known.device().device() == device) {
            return known;
        }
        if (unbuilt.get(id) != device) {
            build(device, known, known == null ? store.get(id) : null);
        }
        return live.get(id);
    }

    /** @param known as it was registered before, or null where only what was stored is known, if that */
    private void build(Device device, @Nullable LiveDevice known, byte @Nullable [] stored) {
        failures.forget(device.id());
        boolean built = failures.attempt(Step.BUILD, device.id(), null, () -> {
            WatchedDevice watched = new WatchedDevice(device, this::places);
            live.put(device.id(), known == null ? LiveDevice.of(watched, stored) : known.under(watched));
            watched.unbuilt().forEach((indicator, why) -> failures.failed(Step.BUILD, device.id(), indicator, why));
        });
        if (built) {
            unbuilt.remove(device.id());
        } else {
            unbuilt.put(device.id(), device);
        }
    }

    private Places places(List<String> names) {
        return places.computeIfAbsent(names, Places::of);
    }

    /** To be called after each change of a device's states. */
    void changed(LiveDevice device, long now) {
        if (device.mustBeWritten(now)) {
            store.put(device.id(), device.written(now));
        }
    }
}
