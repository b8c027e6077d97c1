package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bench.Rounds.Round;
import java.util.ArrayList;
import java.util.List;

/** What size does: whether appending is slower in a store of ten million events than in an empty one. */
public final class LargeStore implements Benchmark {

    private static final String NAME = "eventstore.append-at-10m";
    private static final int IN_FLIGHT = 64;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        StoreSize size = StoreSize.usual();
        try (StoreUnderTest store = StoreUnderTest.start("large-store")) {
            List<Round> empty = rounds(store, size, "Empty store", progress);
            FilledStore.fill(store, size.large(), progress);
            store.execute("analyze");
            List<Round> full = rounds(store, size, "Full store", progress);
            return List.of(Figure.against(
                    NAME, Rounds.median(full), "appends/s", "an empty store", Rounds.median(empty), "ratio>=0.9"));
        }
    }

    private static List<Round> rounds(StoreUnderTest store, StoreSize size, String when, Progress progress) {
        List<Round> rounds = new ArrayList<>();
        try (StoreInstance instance = store.instance()) {
            Appends appends = new Appends(instance.engine());
            for (int round = 0; round <= size.rounds(); round++) {
                Round one = Rounds.run(IN_FLIGHT, size.length(), () -> appends.append(1));
                progress.tell("%s, %s: %,.0f appends/s"
                        .formatted(when, round == 0 ? "warm-up" : "round " + round, one.perSecond()));
                if (round > 0) {
                    rounds.add(one);
                }
            }
        }
        return rounds;
    }
}
