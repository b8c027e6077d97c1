package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.Secrets;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The country that benchmarks load: steel works with one gateway and many blast furnaces each, registered through the command
 * side's API like any other.
 *
 * @param lines of the loader's file, one a gateway
 * @param probed readings that were sent to see that the door knows the country
 */
record BenchCountry(List<String> lines, int devices, int probed) {

    static final int POINTS_PER_DEVICE = BenchWorks.QUANTITIES.size();

    /** Cooling-water pressure in MPa: L is 0.3, LL is 0.2, severity A, so the delay-on is 1 s. */
    static final String PRESSURE = "BF_CW_P";

    static final double BELOW_L = 0.25;
    static final double BELOW_LL = 0.1;
    static final int DELAY_ON_MILLIS = 1_000;

    private static final List<String> REGIONS = List.of("370211", "130207", "410505", "320582", "210303");
    private static final int AT_ONCE = 24;
    private static final int MOST_MINUTES = 8;

    /** Registers it all, telling every few seconds how far it is; within {@value #MOST_MINUTES} minutes or not at all. */
    static BenchCountry register(StackUnderTest stack, BenchSize size, Progress progress) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        CommandApi api = CommandApi.signIn(client, stack.run().command(), stack.ministry());
        AtomicInteger commands = new AtomicInteger();
        Semaphore places = new Semaphore(AT_ONCE);
        long began = System.nanoTime();
        List<String> lines = new ArrayList<>();
        // Not closed with try: closing would wait for all of them even when one has failed.
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<String>> works = new ArrayList<>();
            for (int i = 0; i < size.gateways(); i++) {
                int number = i;
                works.add(workers.submit(() -> {
                    places.acquire();
                    try {
                        return new BenchWorks(enterpriseId(number), size.devices(), 1)
                                .register(api, commands)
                                .getFirst();
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Future<String> one : works) {
                lines.add(told(one, began, commands, size, progress));
            }
        } finally {
            workers.shutdownNow();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        progress.tell("Registered %d enterprises with %d points by %d commands, %.0f commands/s"
                .formatted(size.gateways(), size.points(), commands.get(), commands.get() / seconds));
        return new BenchCountry(lines, size.devices(), probe(stack, lines));
    }

    /** Writes the loader's file, which holds secrets. */
    Path write(Path folder) throws IOException {
        Path file = folder.resolve("gateways.tsv");
        Secrets.write(file, String.join("\n", lines) + "\n");
        return file;
    }

    /** The place of a device's pressure in its gateway's points. */
    static int pressureOf(int device) {
        return device * POINTS_PER_DEVICE;
    }

    /** {@code device.indicator} of the pressure of a gateway's device, both from 0. */
    static String pressure(int gateway, int device) {
        return BenchWorks.deviceId(enterpriseId(gateway), device) + "." + PRESSURE;
    }

    static String enterpriseId(int number) {
        return "GT" + REGIONS.get(number % REGIONS.size()) + "%04d".formatted(number / REGIONS.size() + 1);
    }

    private static String told(
            Future<String> one, long began, AtomicInteger commands, BenchSize size, Progress progress)
            throws Exception {
        long end = began + TimeUnit.MINUTES.toNanos(MOST_MINUTES);
        while (System.nanoTime() - end < 0) {
            try {
                return one.get(4, TimeUnit.SECONDS);
            } catch (TimeoutException goesOn) {
                progress.tell("Registering: %d of %d commands"
                        .formatted(commands.get(), size.gateways() * (size.devices() + 2)));
            } catch (ExecutionException failed) {
                throw new StackException("The country cannot be registered: " + failed.getCause(), failed);
            }
        }
        throw new StackException("The country is not registered after " + MOST_MINUTES + " minutes");
    }

    /** The door follows the events: what was registered last is known when it takes each of its readings. */
    static int probe(StackUnderTest stack, List<String> lines) throws Exception {
        Instant now = Instant.now();
        LoadedGateway gateway = LoadedGateway.of(
                lines.getLast(), BenchSize.FRAME, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        URI door = URI.create(stack.run().command());
        AtomicInteger accepted = new AtomicInteger();
        Patience.mustCome("the door to know the country", Duration.ofSeconds(60), () -> {
            try (BareConnection connection = new BareConnection(door)) {
                int taken = connection
                        .send(gateway.request(door.getAuthority(), System.currentTimeMillis()))
                        .accepted();
                accepted.addAndGet(taken);
                return taken == BenchSize.FRAME;
            }
        });
        return accepted.get();
    }
}
