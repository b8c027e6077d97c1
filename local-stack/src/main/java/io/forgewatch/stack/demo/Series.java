package io.forgewatch.stack.demo;

import java.util.List;

/** Values of one point over the time of a play. */
@FunctionalInterface
interface Series {

    /**
     * The values after one moment, up to and with another.
     *
     * @param from seconds since the play began
     * @param to seconds since the play began
     */
    List<Sample> between(double from, double to);

    /** @param seconds since the play began */
    record Sample(double seconds, double value) {}
}
