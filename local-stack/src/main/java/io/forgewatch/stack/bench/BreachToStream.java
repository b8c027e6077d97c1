package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes, at half the rate of {@link IngestRate}, from the end of a limit's delay to the warning on the ministry's
 * stream. The delay is counted from just before the gateway made the frame with the first reading beyond the limit, so that
 * what is told is rather too much: signing, sending and the way through the door are within it.
 */
public final class BreachToStream implements Benchmark {

    private static final String NAME = "main.breach-to-stream";
    private static final int MOST_MILLIS = 500;
    private static final int BREACHES_A_SECOND = 2;
    private static final int REHEARSED = 20;
    private static final int ALONE_SECONDS = 25;
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        BenchSize size = BenchSize.of(System.getProperties());
        Path home = StackUnderTest.emptyHome("breach-to-stream");
        try (StackUnderTest stack = StackUnderTest.start(home, List.of("--no-demo"), progress)) {
            Path gateways = BenchCountry.register(stack, size, progress).write(home);
            int rate = size.rate() / 2;
            int seconds = (size.breaches() + REHEARSED) / BREACHES_A_SECOND + ALONE_SECONDS;
            String phases = size.warmSeconds() * 2 + ":" + rate + "," + seconds + ":" + rate;
            try (LoaderProcess loader = LoaderProcess.start(stack, gateways, phases);
                    WarningWatch watch = WarningWatch.open(stack)) {
                progress.tell("Warming up at %,d readings/s for %d s".formatted(rate, size.warmSeconds() * 2));
                next(loader, watch, progress, Duration.ofSeconds(size.warmSeconds() * 2L + 60));
                List<String> rehearsed = plant(loader, watch, 0, REHEARSED, size, progress);
                await(rehearsed, watch, progress);
                List<String> planted = plant(loader, watch, REHEARSED, size.breaches(), size, progress);
                await(planted, watch, progress);
                LoadPhase load = next(loader, watch, progress, Duration.ofSeconds(seconds + 60L));
                Latencies latencies = latencies(planted, loader.heldSince(), watch.arrivals());
                progress.tell("%d warnings timed, %d never came".formatted(latencies.count(), latencies.missing()));
                progress.page(WarningPath.of(stack.run(), sent(planted, loader), watch.arrivals())
                        .told());
                List<Figure> figures = new ArrayList<>(latencies.figures(NAME, "<=" + MOST_MILLIS));
                figures.add(Figure.of(NAME + "-load", load.rate(), "readings/s", ">=" + Math.round(rate * 0.99)));
                return List.copyOf(figures);
            }
        }
    }

    private static Map<String, Long> sent(List<String> planted, LoaderProcess loader) {
        Map<String, Long> sent = new HashMap<>(loader.heldSince());
        sent.keySet().retainAll(planted);
        return sent;
    }

    /** How long each took from the end of its delay; what was not sent or did not come is missing. */
    static Latencies latencies(List<String> planted, Map<String, Long> sent, Map<String, Long> arrived) {
        Latencies latencies = new Latencies();
        for (String point : planted) {
            Long from = sent.get(point);
            Long to = arrived.get(point);
            if (from == null || to == null) {
                latencies.never();
            } else {
                latencies.came(to - from - BenchCountry.DELAY_ON_MILLIS * 1_000L);
            }
        }
        return latencies;
    }

    /** Breaks limits one after another, on one enterprise after another, then on the next device of each. */
    private static List<String> plant(
            LoaderProcess loader, WarningWatch watch, int first, int count, BenchSize size, Progress progress)
            throws Exception {
        List<String> planted = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = first; i < first + count; i++) {
            int gateway = i % size.gateways();
            int device = i / size.gateways() % size.devices();
            loader.hold(gateway, device, BenchCountry.BELOW_LL);
            planted.add(BenchCountry.pressure(gateway, device));
            if (planted.size() % 20 == 0) {
                watch.mustFollow();
                progress.tell("%d breaches planted, %d warnings on the stream"
                        .formatted(first + planted.size(), watch.arrivals().size()));
            }
            long due = began + planted.size() * 1_000_000_000L / BREACHES_A_SECOND;
            Patience.until(Duration.ofSeconds(5), () -> System.nanoTime() - due >= 0);
        }
        return List.copyOf(planted);
    }

    private static void await(List<String> planted, WarningWatch watch, Progress progress) throws Exception {
        boolean all = Patience.until(MOST_WAIT, () -> watch.arrivals().keySet().containsAll(planted));
        if (!all) {
            progress.tell(
                    "After %d s not all of %d warnings have come".formatted(MOST_WAIT.toSeconds(), planted.size()));
        }
    }

    private static LoadPhase next(LoaderProcess loader, WarningWatch watch, Progress progress, Duration most)
            throws Exception {
        List<LoadPhase> found = new ArrayList<>();
        long began = System.nanoTime();
        long[] told = {began};
        Patience.mustCome("the loader's next phase to end", most, () -> {
            watch.mustFollow();
            @Nullable LoadPhase phase = loader.poll(200);
            if (phase != null) {
                progress.tell(phase.name() + "  " + phase.told());
                found.add(phase);
            } else if (System.nanoTime() - told[0] > 5_000_000_000L) {
                told[0] = System.nanoTime();
                progress.tell("Load goes on, %.0f s of it".formatted((told[0] - began) / 1e9));
            }
            return phase != null;
        });
        return found.getFirst();
    }
}
