package io.forgewatch.command.identity;

/** What tokens look like, for the specification. */
final class RefreshTokenExample {

    static final String TEXT =
            "019abf3e6c0070008a5e3b1f4c9d2e70.1.pJ5v0c2mT8yQe1nRk7wXsA.Zr4uH9bKfL2dVxN6qGtM3g";

    static final String ANSWER = "{\"accessToken\": \"eyJraWQiOiJ…\", \"expiresAt\": \"2026-11-24T22:50:00.000Z\","
            + " \"refreshToken\": \"" + TEXT + "\"}";

    private RefreshTokenExample() {}
}
