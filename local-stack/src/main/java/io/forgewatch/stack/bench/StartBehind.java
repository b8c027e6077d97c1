package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long the stack takes to be ready after a {@code kill -9}, behind ten million events, a hundred thousand devices and two million
 * frames: both sides up, the first frame of a hundred gateways taken, and numbers that were used before answered as they were.
 */
public final class StartBehind implements Benchmark {

    /** A gateway has a frame a second and sends no more often: a door that is not open yet is not to be kept from opening. */
    private static final Duration GATEWAY_WAITS = Duration.ofMillis(500);

    private static final String NAME = "main.start-behind-10m";
    private static final int MOST_SECONDS = 25;
    private static final Duration MOST_READY = Duration.ofMinutes(4);
    private static final int OK = 200;

    @Override
    public String name() {
        return NAME;
    }

    /**
     * What one start took, in seconds from the start of the process.
     *
     * @param up until both sides were up
     * @param fresh until the first frames were taken
     * @param ready until readers were answered and old numbers had been answered
     * @param wrong old numbers that were answered otherwise than before
     */
    record Start(double up, double fresh, double ready, int wrong) {}

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        BehindSize size = BehindSize.of(System.getProperties());
        return measure(size, PreparedFolder.of(size), progress);
    }

    /** In a folder that may be prepared already. */
    static List<Figure> measure(BehindSize size, PreparedFolder folder, Progress progress) throws Exception {
        BehindPreparation preparation = new BehindPreparation(folder, size, progress);
        preparation.complete();
        List<String> lines = Files.readAllLines(folder.gateways()).subList(0, size.asked());
        List<Start> starts = new ArrayList<>();
        StackUnderTest stack = StackUnderTest.start(folder.home(), List.of("--no-demo"), progress);
        try {
            awaitDoor(stack, lines.getFirst());
            preparation.refresh(stack);
            while (starts.size() < size.starts()) {
                List<KeptFrame> kept = new ArrayList<>();
                for (String line : lines) {
                    kept.add(KeptFrame.sent(URI.create(stack.run().command()), line));
                }
                progress.tell("kill -9");
                stack.kill();
                long began = System.nanoTime();
                stack = StackUnderTest.start(folder.home(), List.of("--no-demo"), progress);
                starts.add(ready(stack, began, kept, progress));
            }
        } finally {
            stack.close();
        }
        return figures(starts, folder, size);
    }

    /** Of the starts that were timed: the medians, and whatever was answered wrongly in any of them. */
    private static List<Figure> figures(List<Start> starts, PreparedFolder folder, BehindSize size) throws IOException {
        return List.of(
                Figure.of(
                        NAME, StartWarm.median(starts.stream().map(Start::ready).toList()), "s", "<=" + MOST_SECONDS),
                Figure.of(
                        NAME + "-up",
                        StartWarm.median(starts.stream().map(Start::up).toList()),
                        "s",
                        ""),
                Figure.of(
                        NAME + "-frames",
                        StartWarm.median(starts.stream().map(Start::fresh).toList()),
                        "s",
                        ""),
                Figure.of(
                        NAME + "-wrong", starts.stream().mapToInt(Start::wrong).sum(), "answers", "<=0"),
                Figure.of(
                        NAME + "-events",
                        folder.mark(PreparedFolder.FILLED).orElseThrow(),
                        "events",
                        ">=" + size.events()));
    }

    private static void awaitDoor(StackUnderTest stack, String line) throws Exception {
        URI door = URI.create(stack.run().command());
        LoadedGateway gateway = LoadedGateway.of(line, BenchCountry.POINTS_PER_DEVICE, GatewayFill.sequence());
        Patience.mustCome("the door to open", MOST_READY, () -> {
            try (BareConnection connection = new BareConnection(door)) {
                return connection
                                .send(gateway.request(door.getAuthority(), System.currentTimeMillis()))
                                .accepted()
                        > 0;
            }
        });
    }

    private static Start ready(StackUnderTest stack, long began, List<KeptFrame> kept, Progress progress)
            throws Exception {
        double up = seconds(began);
        URI door = URI.create(stack.run().command());
        all(kept, frame -> {
            Patience.mustCome(
                    "the first frame of a gateway to be taken",
                    MOST_READY,
                    GATEWAY_WAITS,
                    () -> isFreshTaken(frame, door));
            return true;
        });
        double fresh = seconds(began);
        int wrong = (int) all(kept, frame -> frame.isAnsweredAsBefore(door)).stream()
                .filter(same -> !same)
                .count();
        awaitReaders(stack);
        double ready = seconds(began);
        progress.tell("Both sides were up after %.1f s, first frames taken after %.1f s, ready after %.1f s"
                .formatted(up, fresh, ready));
        return new Start(up, fresh, ready, wrong);
    }

    private static boolean isFreshTaken(KeptFrame frame, URI door) {
        try {
            return frame.isFreshTaken(door);
        } catch (IOException closed) {
            return false;
        }
    }

    /** Who signs in is shown the country's warnings. */
    private static void awaitReaders(StackUnderTest stack) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            Patience.mustCome("readers to be answered", MOST_READY, () -> {
                String token;
                try {
                    token = CommandApi.signIn(client, stack.run().command(), stack.ministry())
                            .token();
                } catch (StackException notYet) {
                    return false;
                }
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create(stack.run().query() + "/warnings?limit=1"))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(20))
                        .build();
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == OK;
            });
        }
    }

    /** Something asked of each frame. */
    @FunctionalInterface
    private interface Question {
        boolean of(KeptFrame frame) throws Exception;
    }

    /** Of all at once. */
    private static List<Boolean> all(List<KeptFrame> kept, Question question) throws Exception {
        List<Boolean> answers = new ArrayList<>();
        // Not closed with try: closing would wait for all of them even when one has failed.
        ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Boolean>> asked = kept.stream()
                    .map(frame -> askers.submit(() -> question.of(frame)))
                    .toList();
            for (Future<Boolean> one : asked) {
                answers.add(one.get());
            }
        } finally {
            askers.shutdownNow();
        }
        return answers;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
