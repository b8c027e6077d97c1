package io.forgewatch.command.identity;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.command.personal.Confided;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import java.time.Instant;
import java.util.Set;
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
     * @param passwordHash Argon2id, in its encoded form: tells a repeat from another request under its key, and goes no further
     * @param credential under which the password is kept
     */
    @CommandName("OpenAccount")
    record OpenAccount(
            String username,
            Role role,
            String jurisdiction,
            Confided displayName,
            String passwordHash,
            String credential,
            Instant at)
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
            requireFits(role, jurisdiction);
        }

        @Override
        public Set<String> incidental() {
            return Set.of("at", "credential");
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

    /**
     * Gives it another password, by its owner.
     *
     * @param passwordHash as of {@link OpenAccount}
     * @param credential under which the password is kept
     */
    @CommandName("ChangePassword")
    record ChangePassword(String username, String passwordHash, String credential, Instant at)
            implements IdentityCommand {

        @Override
        public Set<String> incidental() {
            return Set.of("at", "credential");
        }

        /** Without the hash: this may end up in a log. */
        @Override
        public String toString() {
            return "ChangePassword[" + username + "]";
        }
    }

    /** What one account asks of another: only within its own jurisdiction, and never of itself. */
    sealed interface ByAuthority extends IdentityCommand {

        Authority by();
    }

    /** Lets nobody sign in with it any more. */
    @CommandName("CloseAccount")
    record CloseAccount(String username, Authority by, Instant at) implements ByAuthority {}

    /** Opens a closed one as it was. */
    @CommandName("ReopenAccount")
    record ReopenAccount(String username, Authority by, Instant at) implements ByAuthority {}

    /**
     * Gives it another role or jurisdiction.
     *
     * @param jurisdiction as of {@link OpenAccount}
     */
    @CommandName("AssignAccount")
    record AssignAccount(String username, Role role, String jurisdiction, Authority by, Instant at)
            implements ByAuthority {

        public AssignAccount {
            requireFits(role, jurisdiction);
        }
    }

    /**
     * Gives it a password for once.
     *
     * @param credential under which the password is kept
     * @param validUntil until when somebody can sign in with it
     */
    @CommandName("ResetPassword")
    record ResetPassword(String username, String credential, Instant validUntil, Authority by, Instant at)
            implements ByAuthority {

        @Override
        public Set<String> incidental() {
            return Set.of("at", "credential", "validUntil");
        }
    }

    private static void requireFits(Role role, String jurisdiction) {
        if (!OpenAccount.fits(role, Jurisdiction.fromWire(jurisdiction))) {
            throw new IllegalArgumentException(OpenAccount.JURISDICTION_RULE);
        }
    }
}
