package io.forgewatch.command.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An enterprise as its events say, and the {@link Plant} as readings meet it, which is made when it is asked for after a change:
 * ten thousand devices that come one after another cost as much as one does with ten thousand others beside it.
 */
final class Works {

    private final String enterpriseId;

    // Guarded by this.
    private final Map<String, Device> devices = new LinkedHashMap<>();

    private volatile @Nullable Plant plant;

    Works(String enterpriseId) {
        this.enterpriseId = enterpriseId;
    }

    /** A device more, or another version of it. */
    synchronized void enter(Device device) {
        devices.put(device.id(), device);
        plant = null;
    }

    Plant plant() {
        Plant made = plant;
        return made == null ? made() : made;
    }

    private synchronized Plant made() {
        Plant made = plant;
        if (made == null) {
            made = new Plant(enterpriseId, devices.values());
            plant = made;
        }
        return made;
    }
}
