package io.forgewatch.command.parking;

import io.forgewatch.command.bulkhead.PoisonException;

/** Why something is parked, for people and for a column. */
public final class Reasons {

    private static final int LONGEST = 500;

    private Reasons() {}

    /** Short, and without what PostgreSQL takes in no text, nor JSON: NUL, and half of a pair where it is cut. */
    public static String of(Throwable failure) {
        Throwable cause =
                failure instanceof PoisonException && failure.getCause() != null ? failure.getCause() : failure;
        String whole = cause.toString().replace('\0', ' ');
        return whole.length() > LONGEST ? whole.substring(0, end(whole)) + " …" : whole;
    }

    private static int end(String whole) {
        return Character.isHighSurrogate(whole.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    }
}
