package io.forgewatch.command.telemetry;

import java.util.Collection;

/** An enterprise as readings meet it: its devices, found by their ids. Immutable: a new device makes another one. */
public final class Plant {

    private final String enterpriseId;
    private final Names names;
    private final Device[] devices;

    Plant(String enterpriseId, Collection<Device> devices) {
        this.enterpriseId = enterpriseId;
        this.devices = devices.toArray(Device[]::new);
        this.names = new Names(devices.stream().map(Device::id).toList());
    }

    public String enterpriseId() {
        return enterpriseId;
    }

    /** Numbers for the device ids; {@link #device} is by the same numbers. */
    public Names names() {
        return names;
    }

    public Device device(int number) {
        return devices[number];
    }

    public int size() {
        return devices.length;
    }
}
