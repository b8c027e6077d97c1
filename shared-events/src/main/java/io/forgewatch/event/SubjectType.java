package io.forgewatch.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an event can happen to. On the wire and in tags the name is in lower case. */
public enum SubjectType {
    ENTERPRISE,
    DEVICE,
    GATEWAY,
    ROPE,
    ALARM,
    RISK,
    WARNING,
    ACCOUNT,
    LOG;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SubjectType> fromWire(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
    }
}
