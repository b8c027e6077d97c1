package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bare.BareChain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long it takes, at half the rate of {@link IngestRate}, from the end of a limit's delay to the ministry's stream, beside what
 * {@link BareChain} takes over the same brokers and servers: in turns, one of ours and one of the bare, within one run.
 */
public final class BreachVsBare implements Benchmark {

    private static final int REHEARSED = 40;
    private static final int ALONE_SECONDS = 30;
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "main.breach-vs-bare";
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        BenchSize size = BenchSize.of(System.getProperties());
        Path home = StackUnderTest.emptyHome("breach-vs-bare");
        try (StackUnderTest stack = StackUnderTest.start(home, List.of("--no-demo"), progress)) {
            Path gateways = BenchCountry.register(stack, size, progress).write(home);
            int rate = size.rate() / 2;
            int seconds = (size.turns() + 2 * REHEARSED) / Breaches.A_SECOND + ALONE_SECONDS;
            String phases = size.warmSeconds() * 2 + ":" + rate + "," + seconds + ":" + rate;
            try (LoaderProcess loader = LoaderProcess.start(stack, gateways, phases);
                    WarningWatch watch = WarningWatch.open(stack)) {
                Breaches breaches = new Breaches(loader, watch, size.gateways(), size.devices(), progress);
                progress.tell("Warming up at %,d readings/s for %d s".formatted(rate, size.warmSeconds() * 2));
                breaches.next(Duration.ofSeconds(size.warmSeconds() * 2L + 60));
                breaches.await(breaches.plant(REHEARSED));
                try (BareChain bare = BareChain.beside(stack.run())) {
                    return inTurns(stack, breaches, watch, bare, size, rate, progress);
                }
            }
        }
    }

    private static List<Figure> inTurns(
            StackUnderTest stack,
            Breaches breaches,
            WarningWatch watch,
            BareChain bare,
            BenchSize size,
            int rate,
            Progress progress)
            throws Exception {
        breaches.await(breaches.plant(REHEARSED, bare::send));
        List<Long> sent = new ArrayList<>();
        List<String> planted = breaches.plant(size.turns(), number -> {
            bare.send(number);
            sent.add((long) number);
        });
        breaches.await(planted);
        Patience.until(
                MOST_WAIT,
                () -> sent.stream().allMatch(number -> bare.micros(number).isPresent()));
        LoadPhase load = breaches.next(Duration.ofSeconds(ALONE_SECONDS + 120L));
        progress.page(WarningPath.of(stack.run(), breaches.sent(planted), watch.arrivals())
                .told());
        progress.page(stages(sent, bare));
        List<Figure> figures =
                new ArrayList<>(new AgainstBare(breaches.latencies(planted), latencies(sent, bare)).figures());
        figures.add(Figure.of("main.breach-vs-bare-load", load.rate(), "readings/s", ">=" + Math.round(rate * 0.99)));
        return List.copyOf(figures);
    }

    private static Latencies latencies(List<Long> sent, BareChain bare) {
        Latencies latencies = new Latencies();
        for (long number : sent) {
            OptionalLong micros = bare.micros(number);
            if (micros.isPresent()) {
                latencies.came(micros.getAsLong());
            } else {
                latencies.never();
            }
        }
        return latencies;
    }

    /** Where the bare chain's time goes. */
    private static String stages(List<Long> sent, BareChain bare) {
        List<Latencies> stages =
                BareChain.STAGES.stream().map(stage -> new Latencies()).toList();
        for (long number : sent) {
            List<Long> took = bare.stages(number);
            for (int i = 0; i < took.size(); i++) {
                stages.get(i).came(took.get(i));
            }
        }
        StringBuilder lines = new StringBuilder("Where the bare chain's time went, in ms:%n".formatted());
        for (int i = 0; i < stages.size(); i++) {
            Latencies stage = stages.get(i);
            lines.append("  %-16s p50 %5.1f  p90 %5.1f  p99 %5.1f  max %5.1f%n"
                    .formatted(
                            BareChain.STAGES.get(i),
                            stage.millis(50),
                            stage.millis(90),
                            stage.millis(99),
                            stage.millis(100)));
        }
        return lines.toString();
    }
}
