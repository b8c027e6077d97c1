package io.forgewatch.command.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * A refresh token: whoever has it stays signed in.
 *
 * @param session whose it is
 * @param generation which one of its session, from 1
 * @param text as it is given out
 */
record RefreshToken(UUID session, int generation, String text) {

    /** SHA-256 of its text: all that is kept of it. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }

    /** Without its text. */
    @Override
    public String toString() {
        return "RefreshToken[" + session + ", " + generation + "]";
    }
}
