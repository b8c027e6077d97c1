package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How many readings a second are accepted and evaluated, by the loader's count of the answers and by what the stores have
 * afterwards: every accepted reading once in Kafka, one alarm for each planted breach in PostgreSQL. When the goal's rate is not
 * held, the highest of some lower ones that is held is the figure.
 */
public final class IngestRate implements Benchmark {

    private static final int GOAL = 150_000;
    private static final int COLD_SECONDS = 10;
    private static final int RAW_SECONDS = 15;
    /** A little more is offered than is to be reached: a loader is never early. */
    private static final double OFFERED = 1.01;

    private static final List<Double> LOWER = List.of(1.0, 125 / 150.0, 100 / 150.0, 75 / 150.0, 50 / 150.0);
    private static final Duration MOST_ALARMS = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "main.ingest-rate";
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        BenchSize size = BenchSize.of(System.getProperties());
        Path home = StackUnderTest.emptyHome("ingest-rate");
        try (StackUnderTest stack = StackUnderTest.start(home, List.of("--no-demo"), progress);
                DetectionLag lag = new DetectionLag(stack.run().kafka())) {
            BenchCountry country = BenchCountry.register(stack, size, progress);
            Path gateways = country.write(home);
            List<LoadPhase> phases = new ArrayList<>();
            List<String> planted = new ArrayList<>();
            List<IngestOutcome> outcomes = new ArrayList<>();
            for (int attempt = 0; attempt < Math.min(LOWER.size(), size.devices()); attempt++) {
                double rate = size.rate() * LOWER.get(attempt) * OFFERED;
                IngestTrial trial = new IngestTrial(stack, size, lag, progress);
                IngestOutcome outcome = trial.run(gateways, warmUp(attempt, rate, size), rate, attempt);
                phases.addAll(trial.phases());
                planted.addAll(trial.planted());
                outcomes.add(outcome);
                if (outcome.held()) {
                    progress.tell("%,.0f readings/s are held"
                            .formatted(outcome.measured().rate()));
                    break;
                }
                progress.tell("Not held: " + String.join("; ", outcome.shortcomings()));
            }
            return figures(stack, country, size, phases, planted, outcomes, progress);
        }
    }

    private static List<String> warmUp(int attempt, double rate, BenchSize size) {
        long full = Math.round(rate);
        return attempt == 0
                ? List.of(
                        COLD_SECONDS + ":" + full,
                        size.warmSeconds() + ":" + full * 2 / 3,
                        size.warmSeconds() + ":" + full)
                : List.of("10:" + full * 2 / 3, "10:" + full);
    }

    private static List<Figure> figures(
            StackUnderTest stack,
            BenchCountry country,
            BenchSize size,
            List<LoadPhase> phases,
            List<String> planted,
            List<IngestOutcome> outcomes,
            Progress progress)
            throws Exception {
        StoredFrames stored = StoredFrames.read(stack.run().kafka(), progress);
        long accepted = sum(phases, LoadPhase::accepted) + country.probed();
        progress.tell(
                "Accepted %,d readings by the answers; Kafka has %,d, and %,d of them twice; %,d were not accepted"
                        .formatted(
                                accepted,
                                stored.count().readings(),
                                stored.count().twice(),
                                sum(phases, LoadPhase::failed)));
        Patience.until(MOST_ALARMS, () -> StoredAlarms.raised(stack.run()).size() >= planted.size());
        AlarmBalance alarms = AlarmBalance.of(planted, StoredAlarms.raised(stack.run()));
        progress.tell("%d breaches planted; %d have no alarm, %d alarms are more than there should be"
                .formatted(planted.size(), alarms.missing(), alarms.surplus()));
        double raw = RawKafkaRate.measure(stack.run().kafka(), stored.some(), size.gateways(), RAW_SECONDS, progress);
        IngestOutcome last = outcomes.getLast();
        LoadPhase cold = phases.getFirst();
        return List.of(
                Figure.against(
                        "main.ingest-rate",
                        last.held() ? last.measured().rate() : 0,
                        "readings/s",
                        "main.kafka-raw-rate",
                        raw,
                        ">=" + GOAL),
                Figure.of("main.ingest-ack-p99", last.measured().ackP99(), "ms", ""),
                Figure.of("main.ingest-rate-cold", cold.rate(), "readings/s", ""),
                Figure.of("main.ingest-ack-p99-cold", cold.ackP99(), "ms", ""),
                Figure.of("main.ingest-lost", stored.count().lost(accepted), "readings", "<=0"),
                Figure.of("main.ingest-twice", stored.count().twice(), "readings", "<=0"),
                Figure.of("main.ingest-alarms-missing", alarms.missing(), "alarms", "<=0"),
                Figure.of("main.ingest-alarms-surplus", alarms.surplus(), "alarms", "<=0"),
                Figure.of("main.ingest-lag-at-end", last.lagSeconds(), "s of load", ""),
                Figure.of("main.kafka-raw-rate", raw, "readings/s", ""));
    }

    private static long sum(List<LoadPhase> phases, ToLongFunction<LoadPhase> of) {
        return phases.stream().mapToLong(of).sum();
    }
}
