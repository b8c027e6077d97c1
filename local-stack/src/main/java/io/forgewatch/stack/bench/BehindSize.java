package io.forgewatch.stack.bench;

import io.forgewatch.event.telemetry.FrameSignature;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Properties;

/**
 * How long the history is behind which the stack starts; a system property {@code forgewatch.bench.behind.<name>} makes one shorter
 * for a trial, whose figures then say nothing about the goals.
 *
 * @param events in all, at least
 * @param enterprises each with a gateway
 * @param devices of all enterprises together, {@link BenchCountry#POINTS_PER_DEVICE} points each
 * @param numbers that the door remembers of each gateway
 * @param frames in Kafka, at least
 * @param frameRate frames a second while they are prepared
 * @param asked gateways whose first frame is waited for
 * @param starts that are timed
 */
record BehindSize(
        int events, int enterprises, int devices, int numbers, int frames, int frameRate, int asked, int starts) {

    /** To be raised with what {@link History} tells: folders prepared before are of no use then. */
    private static final int FORM = 1;

    private static final int DIGITS = 12;

    BehindSize {
        if (enterprises < 1
                || devices < enterprises
                || devices / enterprises * BenchCountry.POINTS_PER_DEVICE > 2_000 - BenchCountry.POINTS_PER_DEVICE
                || events < enterprises + devices
                || numbers < 1
                || frames < enterprises * numbers
                || frameRate < 1
                || asked < 1
                || asked > enterprises
                || starts < 1) {
            throw new IllegalArgumentException("No such history can be prepared: " + events + " events, " + enterprises
                    + " enterprises, " + devices + " devices, " + numbers + " numbers, " + frames + " frames, " + asked
                    + " asked");
        }
    }

    static BehindSize of(Properties properties) {
        return new BehindSize(
                BenchSize.number(properties, "behind.events", 10_000_000),
                BenchSize.number(properties, "behind.enterprises", 1_800),
                BenchSize.number(properties, "behind.devices", 100_000),
                BenchSize.number(properties, "behind.numbers", 1_024),
                BenchSize.number(properties, "behind.frames", 2_000_000),
                BenchSize.number(properties, "behind.frame-rate", 6_000),
                BenchSize.number(properties, "behind.asked", 100),
                BenchSize.number(properties, "behind.starts", 3));
    }

    /** Names what is prepared: another history is another folder. */
    String fingerprint() {
        String what = FORM + " " + events + " " + enterprises + " " + devices + " " + numbers + " " + frames;
        return HexFormat.of()
                .formatHex(FrameSignature.sha256(what.getBytes(StandardCharsets.US_ASCII)))
                .substring(0, DIGITS);
    }

    /** The first of an enterprise's devices among all; that of the one behind the last is their number. */
    int firstDevice(int enterprise) {
        return (int) ((long) devices * enterprise / enterprises);
    }

    /** How many devices an enterprise has. */
    int devicesOf(int enterprise) {
        return firstDevice(enterprise + 1) - firstDevice(enterprise);
    }
}
