package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.Secrets;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Gives each enterprise of a history its gateway and lets it send: one frame with all of its points, then one reading a frame until
 * there are as many frames as there should be, all over HTTP.
 */
final class GatewayFill {

    private static final int KEPT_EVERY = 100;
    private static final int PHASE_SECONDS = 10;
    /** How much slower than asked for it may be. */
    private static final int SLOWER = 6;

    private final StackUnderTest stack;
    private final BehindSize size;
    private final Progress progress;

    GatewayFill(StackUnderTest stack, BehindSize size, Progress progress) {
        this.stack = stack;
        this.size = size;
        this.progress = progress;
    }

    /** Registers those that are not in the file yet. */
    void register(Path file) throws Exception {
        List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        try (HttpClient client = HttpClient.newHttpClient()) {
            CommandApi ministry = CommandApi.signIn(client, stack.run().command(), stack.ministry());
            while (lines.size() < size.enterprises()) {
                String enterprise = BenchCountry.enterpriseId(lines.size());
                JsonNode gateway = ministry.post("/enterprises/" + enterprise + "/gateways", Map.of(), "");
                lines.add(gateway.required("id").asString() + "\t"
                        + gateway.required("secret").asString() + "\t" + points(lines.size(), 1));
                if (lines.size() % KEPT_EVERY == 0 || lines.size() == size.enterprises()) {
                    Secrets.write(file, String.join("\n", lines) + "\n");
                    progress.tell("%,d of %,d gateways registered".formatted(lines.size(), size.enterprises()));
                }
            }
        }
    }

    /** Every point of the country is heard of once. */
    void hearAll(Path file) throws Exception {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            int readings = size.devicesOf(i) * BenchCountry.POINTS_PER_DEVICE;
            String line = lines.get(i).substring(0, lines.get(i).lastIndexOf('\t') + 1) + points(i, size.devicesOf(i));
            LoadedGateway gateway = LoadedGateway.of(line, readings, sequence());
            URI door = URI.create(stack.run().command());
            Patience.mustCome("every reading of " + gateway.id() + " to be taken", Duration.ofMinutes(2), () -> {
                try (BareConnection connection = new BareConnection(door)) {
                    byte[] request = gateway.request(door.getAuthority(), System.currentTimeMillis());
                    return connection.send(request).accepted() == readings;
                }
            });
            if ((i + 1) % (KEPT_EVERY * 5) == 0) {
                progress.tell("%,d of %,d gateways have sent all of their points".formatted(i + 1, lines.size()));
            }
        }
    }

    /**
     * Sends until there are enough, and each gateway's last numbers are of this run.
     *
     * @return how many frames there are then
     */
    long send(Path file) throws Exception {
        long there = TopicLength.of(stack.run().kafka());
        // A little more, since not all are equally far when the first of them are through.
        long wanted = Math.max(size.frames() - there, (long) size.enterprises() * size.numbers()) * 21 / 20;
        int phases = (int) (wanted / ((long) PHASE_SECONDS * size.frameRate()) + 1) * SLOWER;
        String each = PHASE_SECONDS + ":" + size.frameRate();
        String all = IntStream.range(0, phases).mapToObj(phase -> each).collect(Collectors.joining(","));
        long sent = 0;
        try (LoaderProcess loader = LoaderProcess.start(stack.run().command(), stack.home(), file, 1, all)) {
            for (int phase = 0; phase < phases && sent < wanted; phase++) {
                LoadPhase ended = next(loader);
                sent += ended.accepted();
                progress.tell("%,d of %,d frames sent; acknowledged in p99 %.0f ms, %d not"
                        .formatted(sent, wanted, ended.ackP99(), ended.failed()));
            }
        }
        if (sent < wanted) {
            throw new StackException("Only %,d of %,d frames were taken in time".formatted(sent, wanted));
        }
        FrameCount count = StoredFrames.read(stack.run().kafka(), progress).count();
        if (count.gateways() < size.enterprises() || count.fewest() < size.numbers()) {
            throw new StackException(
                    "%,d gateways have sent, one of them only %,d frames".formatted(count.gateways(), count.fewest()));
        }
        return count.frames();
    }

    private LoadPhase next(LoaderProcess loader) throws Exception {
        List<LoadPhase> found = new ArrayList<>();
        Patience.mustCome("the loader's phase to end", Duration.ofSeconds(PHASE_SECONDS + 60L), () -> {
            @Nullable LoadPhase phase = loader.poll(200);
            if (phase != null) {
                found.add(phase);
            }
            return phase != null;
        });
        return found.getFirst();
    }

    private String points(int enterprise, int devices) {
        return new BenchWorks(BenchCountry.enterpriseId(enterprise), devices, 1).points(0);
    }

    /** Microseconds since 1970, as the loader has them: beyond all that it used before. */
    static long sequence() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
