package io.forgewatch.command.identity;

import io.forgewatch.command.security.KeyedMarks;
import io.forgewatch.command.security.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes refresh tokens, {@code session.generation.secret.seal}. A session's first secret is random; each next one follows from the
 * token before it under a key derived from the master key: so whichever instance is asked, the same token has the same successor,
 * though nobody keeps either of them. The seal says that a token is one of ours without asking the store: strangers' guesses cost no
 * look-up, and an old token is known as a repeat though its hash is long forgotten.
 */
final class RefreshTokens {

    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{32})\\.([1-9][0-9]{0,8})\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{22}");

    private static final int LONGEST = 32 + 9 + 22 + 22 + 3;
    private static final int SECRET_BYTES = 16;

    private final KeyedMarks marks;
    private final SecureRandom random = SeededRandom.make();

    RefreshTokens(KeyedMarks marks) {
        this.marks = marks;
    }

    /** The first of a new session. */
    RefreshToken first() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return sealed(
                // Not made of the system's randomness, which is a file: this is done on event loops.
                new UUID(random.nextLong(), random.nextLong()),
                1,
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** The one after another, always the same. */
    RefreshToken next(RefreshToken token) {
        return sealed(token.session(), token.generation() + 1, marks.mark("next", token.text()));
    }

    /** Empty when it is none of ours. */
    Optional<RefreshToken> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int end = text.lastIndexOf('.');
        byte[] seal = marks.mark("seal", text.substring(0, end)).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(seal, text.substring(end + 1).getBytes(StandardCharsets.US_ASCII))) {
            return Optional.empty();
        }
        return Optional.of(new RefreshToken(
                session(parts.group(1)), Integer.parseInt(parts.group(2)), text));
    }

    private RefreshToken sealed(UUID session, int generation, String secret) {
        String unsealed = session.toString().replace("-", "") + "." + generation + "." + secret;
        return new RefreshToken(session, generation, unsealed + "." + marks.mark("seal", unsealed));
    }

    private static UUID session(String hex) {
        return new UUID(
                Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }
}
