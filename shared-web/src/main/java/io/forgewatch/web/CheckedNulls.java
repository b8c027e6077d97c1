package io.forgewatch.web;

/**
 * Whose types say where null may be: all of ours, since the compiler checks the packages of this prefix (NullAway, {@code
 * AnnotatedPackages} in the build), and no others.
 */
final class CheckedNulls {

    private static final String PREFIX = "io.forgewatch.";

    private CheckedNulls() {}

    static boolean holdFor(Class<?> type) {
        return type.getName().startsWith(PREFIX);
    }
}
