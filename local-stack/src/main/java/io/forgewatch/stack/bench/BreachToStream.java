package io.forgewatch.stack.bench;

import io.forgewatch.stack.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes, at half the rate of {@link IngestRate}, from the end of a limit's delay to the warning on the ministry's
 * stream.
 */
public final class BreachToStream implements Benchmark {

    private static final String NAME = "main.breach-to-stream";
    private static final int MOST_MILLIS = 500;
    private static final int REHEARSED = 20;
    private static final int ALONE_SECONDS = 25;

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
            int seconds = (size.breaches() + REHEARSED) / Breaches.A_SECOND + ALONE_SECONDS;
            String phases = size.warmSeconds() * 2 + ":" + rate + "," + seconds + ":" + rate;
            try (LoaderProcess loader = LoaderProcess.start(stack, gateways, phases);
                    WarningWatch watch = WarningWatch.open(stack)) {
                Breaches breaches = new Breaches(loader, watch, size.gateways(), size.devices(), progress);
                progress.tell("Warming up at %,d readings/s for %d s".formatted(rate, size.warmSeconds() * 2));
                breaches.next(Duration.ofSeconds(size.warmSeconds() * 2L + 60));
                breaches.await(breaches.plant(REHEARSED));
                List<String> planted = breaches.plant(size.breaches());
                breaches.await(planted);
                LoadPhase load = breaches.next(Duration.ofSeconds(seconds + 60L));
                Latencies latencies = breaches.latencies(planted);
                progress.tell("%d warnings timed, %d never came".formatted(latencies.count(), latencies.missing()));
                progress.page(WarningPath.of(stack.run(), breaches.sent(planted), watch.arrivals())
                        .told());
                List<Figure> figures = new ArrayList<>(latencies.figures(NAME, "<=" + MOST_MILLIS));
                figures.add(Figure.of(NAME + "-load", load.rate(), "readings/s", ">=" + Math.round(rate * 0.99)));
                return List.copyOf(figures);
            }
        }
    }
}
