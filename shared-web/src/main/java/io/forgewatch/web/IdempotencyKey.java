package io.forgewatch.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Idempotency-Key} of a command: 1 to 128 visible ASCII characters, each account's its own. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private IdempotencyKey() {}

    /**
     * What the command is sent with: the key within the caller's own, so that nobody gets the answer to another's command.
     *
     * @return null when none is given
     * @throws Problem 400 {@code invalid-parameter} when it is no such text
     */
    public static @Nullable String of(Caller caller, @Nullable String given) {
        if (given == null) {
            return null;
        }
        if (!FORM.matcher(given).matches()) {
            throw Problem.invalidParameter(HEADER, "1 to 128 visible ASCII characters. 幂等键须为 1 至 128 个可见 ASCII 字符。");
        }
        return "account/" + caller.username() + "/" + given;
    }
}
