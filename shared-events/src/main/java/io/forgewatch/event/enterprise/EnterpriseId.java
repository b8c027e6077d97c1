package io.forgewatch.event.enterprise;

import io.forgewatch.event.IdForm;
import io.forgewatch.event.SubjectId;

/**
 * The code of an enterprise 企业编码: {@code GT} (steel) or {@code LJ} (aluminium), the six digits of its county in GB/T 2260,
 * four digits of its own (dossier §1). Device, alarm and warning ids begin with it, so that jurisdiction follows from any id.
 */
public record EnterpriseId(String value) implements SubjectId {

    /** The regular expression of an enterprise id, as other ids begin with it. */
    public static final String PATTERN = "(?:GT|LJ)\\d{10}";

    public static final IdForm<EnterpriseId> FORM =
            new IdForm<>(EnterpriseId.class, PATTERN, "GT3702110001", parts -> new EnterpriseId(parts.group()));

    /** How many characters an enterprise id has. */
    public static final int LENGTH = 12;

    public EnterpriseId {
        if (!FORM.pattern().matcher(value).matches()) {
            throw new IllegalArgumentException("Not an enterprise id: " + value);
        }
    }

    /** Six digits of GB/T 2260. */
    public String region() {
        return value.substring(2, 8);
    }

    public Industry industry() {
        return value.startsWith(Industry.STEEL.prefix()) ? Industry.STEEL : Industry.ALUMINIUM;
    }

    /** The enterprise that a device, alarm or warning id belongs to. */
    public static EnterpriseId of(String id) {
        return new EnterpriseId(id.length() < LENGTH ? id : id.substring(0, LENGTH));
    }

    @Override
    public EnterpriseId enterprise() {
        return this;
    }

    @Override
    public String toString() {
        return value;
    }
}
