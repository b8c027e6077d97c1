package io.forgewatch.event.equipment;

import io.forgewatch.event.IdForm;
import io.forgewatch.event.SubjectId;
import io.forgewatch.event.enterprise.EnterpriseId;

/** The code of a device 设备编码: the enterprise's code, two digits of the class, four of its own (dossier §9). */
public record DeviceId(String value) implements SubjectId {

    /** The regular expression of a device id, as other ids begin with it. */
    public static final String PATTERN = "(?:GT|LJ)\\d{16}";

    public static final IdForm<DeviceId> FORM =
            new IdForm<>(DeviceId.class, PATTERN, "GT3702110001010001", parts -> new DeviceId(parts.group()));

    public DeviceId {
        if (!FORM.pattern().matcher(value).matches()) {
            throw new IllegalArgumentException("Not a device id: " + value);
        }
    }

    @Override
    public EnterpriseId enterprise() {
        return EnterpriseId.of(value);
    }

    public String equipmentClass() {
        return value.substring(EnterpriseId.LENGTH, EnterpriseId.LENGTH + 2);
    }

    @Override
    public String toString() {
        return value;
    }
}
