package io.forgewatch.command.decision;

import org.jspecify.annotations.Nullable;

/**
 * Why a command is refused.
 *
 * @param code in kebab case; the problem's page is {@code /problems/<code>}
 * @param zh for people, in Chinese
 * @param en for people, in English
 * @param field which part of the request is wrong, as the way there in its JSON ({@code indicators/3/rated}); null when it is no one
 *     part of it
 */
public record Refusal(
        Kind kind,
        String code,
        String zh,
        String en,
        @Nullable String field) {

    public Refusal(Kind kind, String code, String zh, String en) {
        this(kind, code, zh, en, null);
    }

    /** What sort of refusal it is, as HTTP tells it. */
    public enum Kind {
        /** There is no such thing (404). */
        NOT_FOUND,
        /** Not by this caller (403). */
        FORBIDDEN,
        /** Not in this state (409). */
        CONFLICT,
        /** The request itself is wrong (422). */
        INVALID
    }
}
