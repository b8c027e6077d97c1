package io.forgewatch.event.warning;

import io.forgewatch.event.IdForm;
import io.forgewatch.event.SubjectId;
import io.forgewatch.event.enterprise.EnterpriseId;

/** Identifies a warning: its enterprise and a number that counts the enterprise's warnings, from 1, as in {@code GT3702110001-W7}. */
public record WarningId(String enterpriseId, int number) implements SubjectId {

    public static final IdForm<WarningId> FORM = new IdForm<>(
            WarningId.class,
            "(" + EnterpriseId.PATTERN + ")-W([1-9]\\d{0,8})",
            "GT3702110001-W7",
            parts -> new WarningId(parts.group(1), Integer.parseInt(parts.group(2))));

    @Override
    public EnterpriseId enterprise() {
        return new EnterpriseId(enterpriseId);
    }

    @Override
    public String toString() {
        return enterpriseId + "-W" + number;
    }
}
