package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.stack.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How fast a reader is given a million events from the database. */
public final class StreamRate implements Benchmark {

    private static final String NAME = "eventstore.stream-rate";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        StoreSize size = StoreSize.usual();
        try (StoreUnderTest store = StoreUnderTest.start("stream-rate")) {
            long stored = FilledStore.fill(store, size.events(), progress);
            store.execute("vacuum analyze");
            return List.of(Figure.of(NAME, stream(store, size, stored, progress), "events/s", ">=100000"));
        }
    }

    /** The median of as many readings of all of them as there are rounds, after one that warms up. */
    private static double stream(StoreUnderTest store, StoreSize size, long events, Progress progress) {
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round <= size.rounds(); round++) {
            double rate = stream(store, events);
            progress.tell("%s: %,d events streamed, %,.0f/s"
                    .formatted(round == 0 ? "Warm-up" : "Round " + round, events, rate));
            if (round > 0) {
                rates.add(rate);
            }
        }
        return StartWarm.median(rates);
    }

    private static double stream(StoreUnderTest store, long events) {
        try (StoreInstance instance = store.instance()) {
            long began = System.nanoTime();
            long read = instance.feed()
                    .after(0)
                    .take(events)
                    .count()
                    .blockOptional(Duration.ofMinutes(10))
                    .orElseThrow();
            return read * 1e9 / (System.nanoTime() - began);
        }
    }
}
