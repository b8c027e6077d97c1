package io.forgewatch.event.equipment;

import io.forgewatch.event.enterprise.EnterpriseId;

/** The code of a device 设备编码: the enterprise's code, two digits of the class, four of its own (dossier §9). */
public record DeviceId(String value) {

    /** The regular expression of a device id. */
    public static final String FORM = "(?:GT|LJ)\\d{16}";

    public DeviceId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("Not a device id: " + value);
        }
    }

    public EnterpriseId enterprise() {
        return EnterpriseId.of(value);
    }

    public String equipmentClass() {
        return value.substring(EnterpriseId.LENGTH, EnterpriseId.LENGTH + 2);
    }

    public static boolean isOne(String value) {
        return value.matches(FORM);
    }
}
