package io.forgewatch.command.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An enterprise as readings meet it: its devices, found by their ids. Immutable; a new device makes a new one. */
public final class Plant {

    private final String enterpriseId;
    private final Names names;
    private final Device[] devices;

    Plant(String enterpriseId, List<Device> devices) {
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

    /** The same plant with a device more, or with another version of it. */
    Plant with(Device device) {
        List<Device> next = new ArrayList<>(Arrays.asList(devices));
        next.removeIf(one -> one.id().equals(device.id()));
        next.add(device);
        return new Plant(enterpriseId, next);
    }
}
