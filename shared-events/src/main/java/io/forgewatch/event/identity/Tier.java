package io.forgewatch.event.identity;

/** Where somebody stands among those who look after safety: follows from role and jurisdiction, and is what permissions ask for. */
public enum Tier {
    ENTERPRISE,
    /** 县级: a GB/T 2260 prefix of six digits. */
    COUNTY,
    /** 市级: of four. */
    CITY,
    /** 省级: of two. */
    PROVINCE,
    MINISTRY,
    AUDITOR;

    public static Tier of(Role role, Jurisdiction jurisdiction) {
        return switch (role) {
            case MINISTRY -> MINISTRY;
            case AUDITOR -> AUDITOR;
            case ENTERPRISE -> ENTERPRISE;
            case PROVINCE -> authority(jurisdiction);
        };
    }

    private static Tier authority(Jurisdiction jurisdiction) {
        return switch (jurisdiction) {
            case Jurisdiction.Region(String prefix) when prefix.length() == 6 -> COUNTY;
            case Jurisdiction.Region(String prefix) when prefix.length() == 4 -> CITY;
            default -> PROVINCE;
        };
    }
}
