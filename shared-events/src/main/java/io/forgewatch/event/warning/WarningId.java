package io.forgewatch.event.warning;

import io.forgewatch.event.enterprise.EnterpriseId;
import java.util.regex.Pattern;

/** Identifies a warning: its enterprise and a number that counts the enterprise's warnings, from 1, as in {@code GT3702110001-W7}. */
public record WarningId(String enterpriseId, int number) {

    private static final Pattern FORM = Pattern.compile("(GT|LJ)\\d{10}-W\\d{1,9}");

    @Override
    public String toString() {
        return enterpriseId + "-W" + number;
    }

    public static boolean isOne(String value) {
        return FORM.matcher(value).matches();
    }

    /** @throws IllegalArgumentException when it has not the form of a warning id */
    public static WarningId parse(String value) {
        if (!isOne(value)) {
            throw new IllegalArgumentException("Not a warning id: " + value);
        }
        return new WarningId(
                EnterpriseId.of(value).value(), Integer.parseInt(value.substring(EnterpriseId.LENGTH + 2)));
    }
}
