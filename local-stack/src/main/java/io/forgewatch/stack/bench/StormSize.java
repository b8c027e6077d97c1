package io.forgewatch.stack.bench;

import java.util.Properties;

/**
 * How large the storm is; a system property {@code forgewatch.bench.storm.<name>} makes one smaller for a trial, whose figures then
 * say nothing about the goals.
 *
 * @param works that look on, with one gateway each
 * @param devices of each of them
 * @param alarms a second in the works that storms
 * @param seconds of the storm
 * @param breaches in the works that look on, before the storm and again while it lasts
 */
record StormSize(int works, int devices, int alarms, int seconds, int breaches) {

    private static final int DEVICES_PER_GATEWAY = BenchSize.FRAME / BenchCountry.POINTS_PER_DEVICE;

    StormSize {
        if (works < 1 || devices < 1 || alarms < 1 || seconds < 1 || breaches < 1) {
            throw new IllegalArgumentException("A storm of nothing");
        }
        if (breaches > seconds * Breaches.A_SECOND) {
            throw new IllegalArgumentException(breaches + " breaches do not fit into a storm of " + seconds + " s");
        }
    }

    static StormSize of(Properties properties) {
        return new StormSize(
                BenchSize.number(properties, "storm.works", 60),
                BenchSize.number(properties, "storm.devices", 20),
                BenchSize.number(properties, "storm.alarms", 100),
                BenchSize.number(properties, "storm.seconds", 60),
                BenchSize.number(properties, "storm.breaches", 115));
    }

    /** The country that looks on. */
    BenchSize country() {
        return new BenchSize(works, devices, rate(), seconds, 1, breaches, 1, 1);
    }

    /** The works that storms: each of its points of severity A breaks its limit once. */
    BenchWorks storming() {
        int needed = (alarms * seconds + BenchWorks.GRAVE - 1) / BenchWorks.GRAVE;
        int gateways = (needed + DEVICES_PER_GATEWAY - 1) / DEVICES_PER_GATEWAY;
        int each = (needed + gateways - 1) / gateways;
        return new BenchWorks(BenchCountry.enterpriseId(works), each * gateways, gateways);
    }

    /** Readings a second: a frame of each gateway. */
    int rate() {
        return (works + storming().gateways()) * BenchSize.FRAME;
    }
}
