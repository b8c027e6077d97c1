package io.forgewatch.log.verify;

/** The same said in both languages. */
public record Told(String en, String zh) {

    /** Formatted with the same arguments in the same places ({@code %1$s}). */
    static Told of(String en, String zh, Object... arguments) {
        return new Told(en.formatted(arguments), zh.formatted(arguments));
    }
}
