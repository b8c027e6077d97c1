package io.forgewatch.event.enterprise;

import java.util.regex.Pattern;

/**
 * The code of an enterprise 企业编码: {@code GT} (steel) or {@code LJ} (aluminium), the six digits of its county in GB/T 2260,
 * four digits of its own (dossier §1). Device, alarm and warning ids begin with it, so that jurisdiction follows from any id.
 */
public record EnterpriseId(String value) {

    private static final Pattern FORM = Pattern.compile("(GT|LJ)\\d{10}");

    /** How many characters an enterprise id has. */
    public static final int LENGTH = 12;

    public EnterpriseId {
        if (!FORM.matcher(value).matches()) {
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

    public static boolean isOne(String value) {
        return FORM.matcher(value).matches();
    }
}
