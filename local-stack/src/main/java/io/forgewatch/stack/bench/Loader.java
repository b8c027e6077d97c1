package io.forgewatch.stack.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames at a rate, from a process of its own. Arguments: the command side's URL, the file of gateways (a line each, see
 * {@link LoadedGateway#of}), readings a frame, and phases as {@code seconds:readings-per-second,…}, one after another without a
 * pause. For each phase it prints one JSON line: what was sent, accepted and failed, and how long acknowledgements took, counted
 * from when the frame was due, so that a door that stalls is not spared.
 *
 * <p>A line {@code hold GATEWAY POINT VALUE} on its input (both numbers from 0, in the order of the file) keeps a point at a
 * value; when the first frame with it is accepted, it prints {@code {"held": "device.indicator", "sentAtMicros": …}}, the time
 * just before that frame was made.
 */
public final class Loader {

    private final URI door;
    private final List<LoadedGateway> gateways;
    private final PrintStream out;

    private final LongAdder sent = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Recorder latencies = new Recorder(60_000_000L, 3);
    private volatile double framesPerSecond;
    private volatile long rateSince;
    private volatile boolean stopped;
    private long reportedAt;

    Loader(URI door, List<LoadedGateway> gateways, PrintStream out) {
        this.door = door;
        this.gateways = List.copyOf(gateways);
        this.out = out;
    }

    /** Exits with 1 when a reading that was sent was not accepted. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            System.err.println("Loader URL GATEWAYS-FILE READINGS-PER-FRAME SECONDS:RATE[,SECONDS:RATE...]");
            System.exit(2);
        }
        int readings = Integer.parseInt(arguments[2]);
        Instant now = Instant.now();
        long sequence = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        List<LoadedGateway> gateways = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            if (!line.isBlank()) {
                gateways.add(LoadedGateway.of(line, readings, sequence));
            }
        }
        Loader loader = new Loader(URI.create(arguments[0]), gateways, System.out);
        Thread.ofPlatform().daemon().name("instructions").start(() -> loader.obey(System.in));
        System.exit(loader.run(readings, arguments[3]) ? 0 : 1);
    }

    /** Runs all phases; whether every reading was accepted. */
    boolean run(int readings, String phases) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        boolean all = true;
        reportedAt = System.nanoTime();
        for (String phase : phases.split(",")) {
            String[] parts = phase.split(":");
            framesPerSecond = Double.parseDouble(parts[1]) / readings / gateways.size();
            rateSince = System.nanoTime();
            if (threads.isEmpty()) {
                for (int i = 0; i < gateways.size(); i++) {
                    int number = i;
                    // A blocking connection a gateway is the cheapest client there is; waiting parks only its own
                    // thread.
                    threads.add(Thread.ofVirtual().start(() -> play(number)));
                }
            }
            // The phase's length: nobody ends before it is told to.
            threads.getFirst().join(Long.parseLong(parts[0]) * 1_000);
            all &= report(phase);
        }
        stopped = true;
        for (Thread thread : threads) {
            thread.join(35_000);
        }
        return report("rest") && all;
    }

    private void obey(InputStream instructions) {
        new BufferedReader(new InputStreamReader(instructions, StandardCharsets.UTF_8))
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 4 && words[0].equals("hold"))
                .forEach(words -> gateways.get(Integer.parseInt(words[1]))
                        .hold(Integer.parseInt(words[2]), Double.parseDouble(words[3])));
    }

    private void play(int number) {
        LoadedGateway gateway = gateways.get(number);
        @Nullable BareConnection connection = null;
        long next = System.nanoTime() + (long) (number * 1e9 / framesPerSecond / gateways.size());
        while (!stopped) {
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
                continue;
            }
            // A new phase does not make up for what the one before was behind.
            long due = Math.max(next, rateSince);
            next = due + (long) (1e9 / framesPerSecond);
            connection = send(gateway, connection, due);
        }
        close(connection);
    }

    private @Nullable BareConnection send(LoadedGateway gateway, @Nullable BareConnection kept, long due) {
        BareConnection connection = kept;
        sent.add(gateway.readings());
        try {
            if (connection == null) {
                connection = new BareConnection(door);
            }
            Instant now = Instant.now();
            byte[] request = gateway.request(door.getAuthority(), now.toEpochMilli());
            BareConnection.Answer answer = connection.send(request);
            latencies.recordValue(Math.min(60_000_000L, (System.nanoTime() - due) / 1_000));
            accepted.add(answer.accepted());
            if (answer.status() == 202) {
                tell(gateway.sentFirst(), now);
            } else {
                failed.add(gateway.readings());
                gateway.notSent(gateway.sentFirst());
            }
            return connection;
        } catch (IOException e) {
            failed.add(gateway.readings());
            gateway.notSent(gateway.sentFirst());
            close(connection);
            return null;
        }
    }

    private void tell(List<LoadedGateway.Point> held, Instant sentAt) {
        long micros = sentAt.getEpochSecond() * 1_000_000 + sentAt.getNano() / 1_000;
        for (LoadedGateway.Point point : held) {
            out.println(
                    "{\"held\":\"" + point.device() + "." + point.indicator() + "\",\"sentAtMicros\":" + micros + "}");
            out.flush();
        }
    }

    private static void close(@Nullable BareConnection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                System.err.println("A connection did not close: " + e.getMessage());
            }
        }
    }

    private boolean report(String phase) {
        Histogram histogram = latencies.getIntervalHistogram();
        long failures = failed.sumThenReset();
        long now = System.nanoTime();
        double seconds = (now - reportedAt) / 1e9;
        reportedAt = now;
        out.println("{\"phase\":\"" + phase + "\",\"seconds\":" + seconds + ",\"sent\":" + sent.sumThenReset()
                + ",\"accepted\":"
                + accepted.sumThenReset() + ",\"failed\":" + failures + ",\"frames\":" + histogram.getTotalCount()
                + ",\"ackMillis\":{\"p50\":" + histogram.getValueAtPercentile(50) / 1_000.0 + ",\"p99\":"
                + histogram.getValueAtPercentile(99) / 1_000.0 + ",\"max\":" + histogram.getMaxValue() / 1_000.0
                + "}}");
        out.flush();
        return failures == 0;
    }
}
