package io.forgewatch.command.decision;

/**
 * Why a command is refused.
 *
 * @param code in kebab case; the problem's page is {@code /problems/<code>}
 * @param zh for people, in Chinese
 * @param en for people, in English
 */
public record Refusal(Kind kind, String code, String zh, String en) {

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
