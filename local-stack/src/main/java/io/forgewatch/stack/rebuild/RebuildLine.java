package io.forgewatch.stack.rebuild;

import java.util.Locale;

/** One line that shows how far a rebuild is: a bar, percent, events a second and the time that is left. */
final class RebuildLine {

    private static final int WIDTH = 24;
    private static final double NANOS = 1e9;
    private static final long UNKNOWN = -1;

    private final String name;
    private long beganNanos;
    private long beganPosition = UNKNOWN;
    private double beganDone;

    RebuildLine(String name) {
        this.name = name;
    }

    /**
     * @param position the last event that is taken in
     * @param done how much of the events that is, from 0 to 1
     * @param nowNanos a clock that only moves on
     */
    String at(long position, double done, long nowNanos) {
        if (beganPosition == UNKNOWN) {
            beganPosition = position;
            beganDone = done;
            beganNanos = nowNanos;
        }
        double seconds = (nowNanos - beganNanos) / NANOS;
        return String.format(
                Locale.ROOT,
                "%-12s [%s] %3d %%%s",
                name,
                bar(done),
                (int) (done * 100),
                speed(position, done, seconds));
    }

    private String speed(long position, double done, double seconds) {
        if (seconds <= 0 || position <= beganPosition || done <= beganDone) {
            return "";
        }
        double left = (1 - done) * seconds / (done - beganDone);
        return String.format(
                Locale.ROOT,
                "  %,.0f events/s  %s left",
                (position - beganPosition) / seconds,
                duration(Math.round(left)));
    }

    private static String bar(double done) {
        int full = (int) (done * WIDTH);
        return "=".repeat(full) + " ".repeat(WIDTH - full);
    }

    private static String duration(long seconds) {
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
