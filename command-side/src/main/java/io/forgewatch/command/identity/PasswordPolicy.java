package io.forgewatch.command.identity;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which passwords are taken: long, mixed or very long, not the name and not what everybody uses. */
final class PasswordPolicy {

    static final String RULE = "12 to 128 characters of three kinds, or 20 and more; not the username, nothing common."
            + " 密码须为 12 至 128 个字符且含三类字符，或不少于 20 个字符，不含用户名和常见口令。";

    static final int SHORTEST = 12;
    static final int LONGEST = 128;

    /** From here on length is enough. */
    private static final int LONG = 20;

    private static final int KINDS = 3;
    private static final int FEWEST_DIFFERENT = 5;
    private static final List<String> COMMON =
            List.of("password", "passw0rd", "123456", "qwerty", "woaini", "admin", "iloveyou", "abc123", "1qaz2wsx");

    private PasswordPolicy() {}

    static boolean accepts(String username, String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        int length = password.codePointCount(0, password.length());
        return length >= SHORTEST
                && length <= LONGEST
                && (length >= LONG || kinds(password) >= KINDS)
                && password.codePoints().distinct().count() >= FEWEST_DIFFERENT
                && !lower.contains(username.toLowerCase(Locale.ROOT))
                && COMMON.stream().noneMatch(lower::contains);
    }

    private static long kinds(String password) {
        return Stream.of(
                        password.codePoints().anyMatch(Character::isUpperCase),
                        password.codePoints().anyMatch(Character::isLowerCase),
                        password.codePoints().anyMatch(Character::isDigit),
                        password.codePoints().anyMatch(c -> !Character.isLetterOrDigit(c)))
                .filter(Boolean::booleanValue)
                .count();
    }
}
