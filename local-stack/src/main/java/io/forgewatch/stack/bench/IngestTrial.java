package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the loader: phases that warm up, then the rate that is measured, during which breaches are planted, one on each
 * gateway, all on the same device of theirs.
 */
final class IngestTrial {

    private static final Duration MOST_CATCHING_UP = Duration.ofSeconds(60);
    private static final double PLANTED_WITHIN = 0.75;

    private final StackUnderTest stack;
    private final BenchSize size;
    private final DetectionLag lag;
    private final Progress progress;

    private final List<LoadPhase> phases = new ArrayList<>();
    private final List<String> planted = new ArrayList<>();

    IngestTrial(StackUnderTest stack, BenchSize size, DetectionLag lag, Progress progress) {
        this.stack = stack;
        this.size = size;
        this.lag = lag;
        this.progress = progress;
    }

    /** All that the loader told, the rest after the last phase included. */
    List<LoadPhase> phases() {
        return List.copyOf(phases);
    }

    /** The points whose breach was sent in an accepted frame. */
    List<String> planted() {
        return List.copyOf(planted);
    }

    /**
     * @param warmUp phases as the loader takes them
     * @param rate readings a second to be measured
     * @param device which device of each gateway breaks its limit
     */
    IngestOutcome run(Path gateways, List<String> warmUp, double rate, int device) throws Exception {
        List<String> all = new ArrayList<>(warmUp);
        all.add(size.seconds() + ":" + Math.round(rate));
        try (LoaderProcess loader = LoaderProcess.start(stack, gateways, String.join(",", all))) {
            LoadPhase measured = lastOf(loader, all, device);
            long lagAtEnd = lag.frames();
            long ended = System.nanoTime();
            finish(loader);
            boolean caughtUp = Patience.until(MOST_CATCHING_UP, () -> lag.frames() == 0);
            double seconds = caughtUp ? (System.nanoTime() - ended) / 1e9 : Double.NaN;
            progress.tell("Detection was %,d frames behind at the end; all were evaluated %.1f s later"
                    .formatted(lagAtEnd, seconds));
            planted.addAll(loader.heldSince().keySet());
            return new IngestOutcome(rate, measured, lagAtEnd, seconds);
        }
    }

    /** Follows the phases, and plants in the last one. */
    private LoadPhase lastOf(LoaderProcess loader, List<String> all, int device) throws Exception {
        int ended = 0;
        int sown = 0;
        long since = System.nanoTime();
        long told = since;
        while (true) {
            LoadPhase phase = loader.poll(50);
            if (phase != null) {
                progress.tell(phase.name() + "  " + phase.told());
                phases.add(phase);
                ended++;
                since = System.nanoTime();
                if (ended == all.size()) {
                    return phase;
                }
            }
            double seconds = (System.nanoTime() - since) / 1e9;
            if (ended == all.size() - 1) {
                int due = (int) (size.gateways() * seconds / (size.seconds() * PLANTED_WITHIN));
                for (; sown < Math.min(due, size.gateways()); sown++) {
                    loader.hold(sown, BenchCountry.pressureOf(device), BenchCountry.BELOW_L);
                }
            }
            if (System.nanoTime() - told > 5_000_000_000L) {
                told = System.nanoTime();
                stack.mustRun();
                progress.tell("%s  %.0f s of it; detection is %,d frames behind"
                        .formatted(all.get(ended), seconds, lag.frames()));
            }
        }
    }

    /** What was under way when the last phase ended: the loader tells it and ends. */
    private void finish(LoaderProcess loader) throws Exception {
        Patience.mustCome("the loader to end", Duration.ofMinutes(2), () -> {
            @Nullable LoadPhase rest = loader.poll(50);
            if (rest != null) {
                phases.add(rest);
            }
            return rest != null;
        });
    }
}
