package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of a million readings at the rate of {@link IngestRate}, of all processes but the loader, until they have been
 * evaluated, beside that of a {@link io.forgewatch.stack.bare.BareDoor}, which puts nothing off: both are up all the time, and take
 * the load in turns.
 */
public final class IngestCost implements Benchmark {

    private static final int ROUNDS = 3;
    private static final int AGAIN_WARM_SECONDS = 10;
    private static final Duration MOST_CATCHING_UP = Duration.ofSeconds(60);
    /** As in {@link IngestRate}. */
    private static final double OFFERED = 1.01;

    @Override
    public String name() {
        return "main.ingest-cost";
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        BenchSize size = BenchSize.of(System.getProperties());
        Path home = StackUnderTest.emptyHome("ingest-cost");
        try (StackUnderTest stack = StackUnderTest.start(home, List.of("--no-demo"), progress);
                DetectionLag lag = new DetectionLag(stack.run().kafka())) {
            Path gateways = BenchCountry.register(stack, size, progress).write(home);
            Set<Long> ourProcesses = Set.of(stack.run().pid(), postmaster(stack));
            try (BareDoorProcess bare = BareDoorProcess.start(home, gateways)) {
                progress.tell("The bare door is open");
                List<CostRound> ourRounds = new ArrayList<>();
                List<CostRound> bareRounds = new ArrayList<>();
                for (int round = 0; round <= ROUNDS; round++) {
                    String name = round == 0 ? "Warm-up" : "Round " + round;
                    // A gateway that is silent for 90 s makes an alarm: the other one's turn is over sooner.
                    int warm = round == 0 ? size.warmSeconds() : Math.min(AGAIN_WARM_SECONDS, size.warmSeconds());
                    CostRound our = round(
                            name + ", ours",
                            stack.run().command(),
                            home,
                            gateways,
                            ourProcesses,
                            warm,
                            size,
                            () -> lag.frames() == 0,
                            progress);
                    CostRound other = round(
                            name + ", bare",
                            bare.door(),
                            home,
                            gateways,
                            Set.of(bare.pid()),
                            warm,
                            size,
                            () -> true,
                            progress);
                    if (round > 0) {
                        ourRounds.add(our);
                        bareRounds.add(other);
                    }
                }
                return CostRound.figures(ourRounds, bareRounds, size.rate());
            }
        }
    }

    /**
     * After a while in which it gets used to the load again, what a phase of it costs.
     *
     * @param evaluated whether nothing of what was accepted is still to be done
     */
    private static CostRound round(
            String name,
            String door,
            Path home,
            Path gateways,
            Set<Long> processes,
            int warm,
            BenchSize size,
            Callable<Boolean> evaluated,
            Progress progress)
            throws Exception {
        long rate = Math.round(size.rate() * OFFERED);
        int seconds = Math.max(1, size.seconds() / 2);
        String phases = warm + ":" + rate * 2 / 3 + "," + seconds + ":" + rate;
        try (LoaderProcess loader = LoaderProcess.start(door, home, gateways, BenchSize.FRAME, phases)) {
            next(loader, warm, progress);
            double before = ProcessorTime.seconds(processes);
            LoadPhase measured = next(loader, seconds, progress);
            double underLoad = ProcessorTime.seconds(processes) - before;
            boolean all = Patience.until(MOST_CATCHING_UP, evaluated);
            CostRound round = CostRound.of(measured, ProcessorTime.seconds(processes) - before, all);
            progress.tell("%s: %.2f s of processor time a million readings, %.2f s of it all after the load's end; %s"
                    .formatted(name, round.aMillion(), round.seconds() - underLoad, measured.told()));
            return round;
        }
    }

    private static LoadPhase next(LoaderProcess loader, int seconds, Progress progress) throws Exception {
        List<LoadPhase> found = new ArrayList<>();
        long[] told = {System.nanoTime()};
        Patience.mustCome("the loader's phase to end", Duration.ofSeconds(seconds + 60L), () -> {
            @Nullable LoadPhase phase = loader.poll(50);
            if (phase != null) {
                found.add(phase);
            } else if (System.nanoTime() - told[0] > 5_000_000_000L) {
                told[0] = System.nanoTime();
                progress.tell("Load goes on");
            }
            return phase != null;
        });
        return found.getFirst();
    }

    /** PostgreSQL's first process began the one that answers, and all others. */
    private static long postmaster(StackUnderTest stack) throws Exception {
        try (Connection connection = StoredAlarms.connect(stack.run());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessorTime.parentOf(row.getLong(1));
        }
    }
}
