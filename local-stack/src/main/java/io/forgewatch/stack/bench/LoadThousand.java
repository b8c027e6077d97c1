package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.event.Actor;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bench.Acknowledging.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long a command takes that sources an entity of a thousand events from the database, with neither cache nor snapshot. */
public final class LoadThousand implements Benchmark {

    private static final String NAME = "eventstore.load-1000";
    private static final int EVENTS = 1_000;
    private static final int LOADS = 300;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        String alarm = CommandsVsInsert.alarms(1).getFirst();
        try (StoreUnderTest store = StoreUnderTest.start("load-1000");
                StoreInstance instance = store.forgetful()) {
            new Appends(instance.engine()).append(alarm, EVENTS).block(Duration.ofMinutes(1));
            Latencies latencies = new Latencies();
            for (int load = 0; load < 2 * LOADS; load++) {
                long from = System.nanoTime();
                instance.commands()
                        .send(new Look(alarm, Instant.now()), Actor.system("bench"), null)
                        .block(Duration.ofSeconds(20));
                if (load >= LOADS) {
                    latencies.came((System.nanoTime() - from) / 1_000);
                }
            }
            progress.tell("%d loads of %,d events each: p50 %.1f ms, p99 %.1f ms"
                    .formatted(LOADS, EVENTS, latencies.millis(50), latencies.millis(99)));
            return List.of(
                    Figure.of(NAME, latencies.millis(50), "ms", "<=20"),
                    Figure.of(NAME + "-p99", latencies.millis(99), "ms", ""));
        }
    }
}
