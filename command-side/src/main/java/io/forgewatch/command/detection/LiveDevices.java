package io.forgewatch.command.detection;

import io.forgewatch.command.telemetry.Device;
import io.forgewatch.command.telemetry.PlantDirectory;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The devices of one partition: live in memory, and as much in the state store as a restart needs. */
final class LiveDevices {

    private final PlantDirectory directory;
    private final KeyValueStore<String, byte[]> store;
    private final Map<String, LiveDevice> live = new HashMap<>();

    /** Reads what the store has. */
    LiveDevices(PlantDirectory directory, KeyValueStore<String, byte[]> store) {
        this.directory = directory;
        this.store = store;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                Device device = directory.device(one.key);
                if (device != null) {
                    live.put(one.key, LiveDevice.of(new WatchedDevice(device), one.value));
                }
            }
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

    /** A device as it is registered now, or null when it is not. */
    @Nullable
    LiveDevice find(String id) {
        Device device = directory.device(id);
        if (device == null) {
            return null;
        }
        LiveDevice known = live.get(id);
        if (known == null) {
            known = LiveDevice.unknown(new WatchedDevice(device));
            live.put(id, known);
        } else if (known.device().device() != device) {
            known = known.under(new WatchedDevice(device));
            live.put(id, known);
        }
        return known;
    }

    /** To be called after each change of a device's states. */
    void changed(LiveDevice device, long now) {
        if (device.mustBeWritten(now)) {
            store.put(device.id(), device.written(now));
        }
    }
}
