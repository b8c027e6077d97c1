package io.forgewatch.stack.bench;

import io.forgewatch.event.telemetry.FrameSignature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A gateway as the {@link Loader} plays it. Its body is written once; for each frame only the digits of sequence, times and
 * values are put in, so that the loader leaves the processor to what it measures.
 */
final class LoadedGateway {

    private static final int AT_DIGITS = 13;
    private static final int SEQUENCE_DIGITS = 16;
    private static final int VARIANTS = 16;

    /** A point and the value around which it stays. */
    record Point(String device, String indicator, double value) {}

    private final String id;
    private final byte[] secret;
    private final int readings;
    private final int passes;
    private final int points;
    private final byte[] body;
    private final int sequenceAt;
    private final int[] timesAt;
    private final int[] valuesAt;
    private final byte[][][] values;
    private final Map<Integer, byte[]> broken = new ConcurrentHashMap<>();
    private final List<Point> heldUnsent = new ArrayList<>();
    private final List<Point> sentFirst = new ArrayList<>();
    private final List<Point> all;
    private long sequence;

    /** @param sequence the first number; with {@value #SEQUENCE_DIGITS} digits, as microseconds since 1970 have */
    LoadedGateway(String id, byte[] secret, List<Point> of, int readings, long sequence) {
        this.id = id;
        this.secret = secret.clone();
        this.readings = readings;
        this.all = List.copyOf(of);
        this.points = of.size();
        this.passes = (readings + points - 1) / points;
        this.sequence = sequence;
        timesAt = new int[readings];
        valuesAt = new int[readings];
        values = new byte[points][VARIANTS][];
        for (int p = 0; p < points; p++) {
            for (int v = 0; v < VARIANTS; v++) {
                values[p][v] = digits(of.get(p).value() * (1 + (v - VARIANTS / 2) * 0.0005));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, "{\"sequence\":");
        sequenceAt = out.size();
        put(out, "0".repeat(SEQUENCE_DIGITS) + ",\"readings\":[");
        for (int i = 0; i < readings; i++) {
            Point point = of.get(i % points);
            put(out, (i == 0 ? "" : ",") + "{\"device\":\"" + point.device() + "\",\"indicator\":\"");
            put(out, point.indicator() + "\",\"at\":");
            timesAt[i] = out.size();
            put(out, "0".repeat(AT_DIGITS) + ",\"value\":");
            valuesAt[i] = out.size();
            out.writeBytes(values[i % points][0]);
            put(out, "}");
        }
        put(out, "]}");
        body = out.toByteArray();
    }

    /** One line: {@code id TAB secret in Base64 TAB device/indicator/value,…}. */
    static LoadedGateway of(String line, int readings, long sequence) {
        String[] parts = line.split("\t");
        List<Point> points = new ArrayList<>();
        for (String point : parts[2].split(",")) {
            String[] of = point.split("/");
            points.add(new Point(of[0], of[1], Double.parseDouble(of[2])));
        }
        return new LoadedGateway(parts[0], Base64.getDecoder().decode(parts[1]), points, readings, sequence);
    }

    /** Always ten characters, so that they can be put over each other. */
    private static byte[] digits(double value) {
        String text = String.format(Locale.ROOT, "%.8f", value);
        return (text.length() > 10 ? text.substring(0, 10) : text).getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    String id() {
        return id;
    }

    int readings() {
        return readings;
    }

    /** From the next frame on this point has this value. */
    synchronized void hold(int point, double value) {
        int place = Math.floorMod(point, points);
        broken.put(place, digits(value));
        heldUnsent.add(all.get(place));
    }

    /** The points whose held value is in the last {@link #request} and was in none before; each is told once. */
    synchronized List<Point> sentFirst() {
        List<Point> told = List.copyOf(sentFirst);
        sentFirst.clear();
        return told;
    }

    /** The frame with the first held values of these points was not taken: the next one has them again. */
    synchronized void notSent(List<Point> again) {
        heldUnsent.addAll(again);
    }

    /**
     * The next frame as one HTTP/1.1 request.
     *
     * @param now epoch milliseconds; readings of one point in a frame are a millisecond apart
     */
    synchronized byte[] request(String host, long now) {
        sequence++;
        sentFirst.addAll(heldUnsent);
        heldUnsent.clear();
        digits(body, sequenceAt, SEQUENCE_DIGITS, sequence);
        int variant = (int) (sequence & (VARIANTS - 1));
        for (int i = 0; i < readings; i++) {
            int point = i % points;
            digits(body, timesAt[i], AT_DIGITS, now - passes + i / points);
            byte[] held = broken.get(point);
            byte[] value = held == null ? values[point][(variant + i) & (VARIANTS - 1)] : held;
            System.arraycopy(value, 0, body, valuesAt[i], value.length);
        }
        FrameSignature.Headers headers = FrameSignature.sign(id, secret, sequence, Instant.ofEpochMilli(now), body);
        byte[] head = ("POST " + FrameSignature.PATH + " HTTP/1.1\r\nHost: " + host
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\nContent-Digest: " + headers.contentDigest()
                        + "\r\nSignature-Input: " + headers.signatureInput()
                        + "\r\nSignature: " + headers.signature() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static void digits(byte[] into, int at, int count, long number) {
        long rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
