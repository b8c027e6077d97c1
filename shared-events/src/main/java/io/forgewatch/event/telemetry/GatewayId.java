package io.forgewatch.event.telemetry;

import io.forgewatch.event.IdForm;
import io.forgewatch.event.SubjectId;
import io.forgewatch.event.enterprise.EnterpriseId;

/**
 * The id of an edge gateway 边缘网关: its enterprise's id, {@code -G} and its number within the enterprise, from 1 and without
 * leading zeros, such as {@code GT3702110001-G1} (dossier §3).
 */
public record GatewayId(String value) implements SubjectId {

    public static final IdForm<GatewayId> FORM = new IdForm<>(
            GatewayId.class,
            EnterpriseId.PATTERN + "-G[1-9]\\d{0,8}",
            "GT3702110001-G1",
            parts -> new GatewayId(parts.group()));

    public GatewayId {
        if (!FORM.pattern().matcher(value).matches()) {
            throw new IllegalArgumentException("Not a gateway id: " + value);
        }
    }

    @Override
    public EnterpriseId enterprise() {
        return EnterpriseId.of(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
