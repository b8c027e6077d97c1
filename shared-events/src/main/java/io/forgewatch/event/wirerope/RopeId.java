package io.forgewatch.event.wirerope;

import io.forgewatch.event.IdForm;
import io.forgewatch.event.SubjectId;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;

/** Identifies a wire rope 钢丝绳: its device and a number that counts the device's ropes, from 1, as in {@code GT3702110001110001-R1}. */
public record RopeId(DeviceId device, int number) implements SubjectId {

    public static final IdForm<RopeId> FORM = new IdForm<>(
            RopeId.class,
            "(" + DeviceId.PATTERN + ")-R([1-9]\\d{0,8})",
            "GT3702110001110001-R1",
            parts -> new RopeId(new DeviceId(parts.group(1)), Integer.parseInt(parts.group(2))));

    @Override
    public EnterpriseId enterprise() {
        return device.enterprise();
    }

    @Override
    public String toString() {
        return device + "-R" + number;
    }
}
