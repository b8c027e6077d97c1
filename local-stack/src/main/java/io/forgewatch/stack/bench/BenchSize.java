package io.forgewatch.stack.bench;

import java.util.Properties;

/**
 * How large the benchmarks of group {@code main} are; a system property {@code forgewatch.bench.<name>} makes one smaller for a
 * trial, whose figures then say nothing about the goals.
 *
 * @param gateways each of an enterprise of its own
 * @param devices of each enterprise, {@link BenchCountry#POINTS_PER_DEVICE} points each
 * @param rate readings a second
 * @param seconds how long the rate is held
 * @param warmSeconds how long each of the two steps of the warm-up is
 * @param breaches how many are timed to the stream
 * @param turns how many are timed beside as many messages of the bare chain
 * @param starts how many warm starts are timed
 */
record BenchSize(
        int gateways, int devices, int rate, int seconds, int warmSeconds, int breaches, int turns, int starts) {

    /** Readings a frame. */
    static final int FRAME = 500;

    BenchSize {
        if (gateways < 1
                || devices < 1
                || devices > 9_999
                || rate < 1
                || seconds < 1
                || breaches < 1
                || turns < 1
                || starts < 1) {
            throw new IllegalArgumentException("A benchmark of nothing: " + gateways + " gateways, " + devices
                    + " devices, " + rate + " readings/s, " + seconds + " s, " + breaches + " breaches, " + turns
                    + " turns, " + starts
                    + " starts");
        }
        if (devices * BenchCountry.POINTS_PER_DEVICE > FRAME) {
            throw new IllegalArgumentException("Every point of a gateway must fit into each frame");
        }
    }

    static BenchSize of(Properties properties) {
        return new BenchSize(
                number(properties, "gateways", 200),
                number(properties, "devices", 60),
                number(properties, "rate", 150_000),
                number(properties, "seconds", 60),
                number(properties, "warm", 30),
                number(properties, "breaches", 200),
                number(properties, "turns", 500),
                number(properties, "starts", 3));
    }

    int points() {
        return gateways * devices * BenchCountry.POINTS_PER_DEVICE;
    }

    static int number(Properties properties, String name, int usual) {
        return Integer.parseInt(properties.getProperty("forgewatch.bench." + name, String.valueOf(usual)));
    }
}
