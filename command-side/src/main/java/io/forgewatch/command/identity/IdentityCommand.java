package io.forgewatch.command.identity;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.command.personal.Confided;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import java.time.Instant;
import java.util.regex.Pattern;

/** What can be asked of an account. */
public sealed interface IdentityCommand extends Command {

    String username();

    /**
     * Opens an account for good.
     *
     * @param username 3 to 32 of {@code a-z 0-9 . _ -}, beginning with a letter or digit
     * @param jurisdiction as {@link Jurisdiction#wire()}; a ministry's is the nation, a province's a region, an enterprise's
     *     itself, an auditor's any
     * @param displayName 1 to 64 characters
     * @param passwordHash Argon2id, in its encoded form
     */
    @CommandName("OpenAccount")
    record OpenAccount(
            String username, Role role, String jurisdiction, Confided displayName, String passwordHash, Instant at)
            implements IdentityCommand {

        static final String USERNAME_RULE =
                "A username has 3 to 32 of a-z, 0-9, '.', '_' and '-'. 用户名须为 3 至 32 个小写字母、数字或 . _ -。";

        static final String DISPLAY_NAME_RULE =
                "A display name has 1 to 64 characters, no control characters. 显示名须为 1 至 64 个字符，不含控制字符。";

        static final String JURISDICTION_RULE = "This role has another kind of jurisdiction. 角色与管辖范围不匹配。";

        private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{2,31}");

        public OpenAccount {
            if (!isUsername(username)) {
                throw new IllegalArgumentException(USERNAME_RULE);
            }
            if (!isDisplayName(displayName.text())) {
                throw new IllegalArgumentException(DISPLAY_NAME_RULE);
            }
            if (!fits(role, Jurisdiction.fromWire(jurisdiction))) {
                throw new IllegalArgumentException(JURISDICTION_RULE);
            }
        }

        static boolean isDisplayName(String text) {
            return !text.isBlank()
                    && text.codePointCount(0, text.length()) <= 64
                    && text.codePoints().noneMatch(OpenAccount::isNoText);
        }

        /** A control character, or half of a pair whose other half is missing. */
        private static boolean isNoText(int character) {
            return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
        }

        static boolean isUsername(String text) {
            return USERNAME.matcher(text).matches();
        }

        static boolean fits(Role role, Jurisdiction jurisdiction) {
            return switch (role) {
                case MINISTRY -> jurisdiction instanceof Jurisdiction.Nation;
                case PROVINCE -> jurisdiction instanceof Jurisdiction.Region;
                case ENTERPRISE -> jurisdiction instanceof Jurisdiction.Enterprise;
                case AUDITOR -> true;
            };
        }

        /** Without the hash: this may end up in a log. */
        @Override
        public String toString() {
            return "OpenAccount[" + username + ", " + role + ", " + jurisdiction + "]";
        }
    }
}
