package io.forgewatch.event.telemetry;

import io.forgewatch.event.enterprise.EnterpriseId;
import java.util.regex.Pattern;

/**
 * The id of an edge gateway 边缘网关: its enterprise's id, {@code -G} and its number within the enterprise, from 1 and without
 * leading zeros, such as {@code GT3702110001-G1} (dossier §3).
 */
public record GatewayId(String value) {

    private static final Pattern FORM = Pattern.compile("(GT|LJ)\\d{10}-G[1-9]\\d{0,8}");

    public GatewayId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("Not a gateway id: " + value);
        }
    }

    public EnterpriseId enterprise() {
        return EnterpriseId.of(value);
    }

    public static boolean isOne(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
