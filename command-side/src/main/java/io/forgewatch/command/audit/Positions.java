package io.forgewatch.command.audit;

import io.forgewatch.web.Problem;
import java.util.regex.Pattern;

/** Positions as people write them. */
final class Positions {

    private static final Pattern FORM = Pattern.compile("[0-9]{1,18}");

    private Positions() {}

    /** @throws Problem 400 {@code invalid-parameter} unless it is a whole number from 0 on */
    static long of(String parameter, String given) {
        if (!FORM.matcher(given).matches()) {
            throw Problem.invalidParameter(parameter, "A whole number. 应为整数。");
        }
        return Long.parseLong(given);
    }
}
