package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bench.Rounds.Round;
import java.util.ArrayList;
import java.util.List;

/** What size does: whether appending is slower in a store of ten million events than in an empty one: rounds that alternate. */
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
        try (StoreUnderTest small = StoreUnderTest.start("small-store");
                StoreUnderTest large = StoreUnderTest.start("large-store")) {
            FilledStore.fill(large, size.large(), progress);
            large.execute("analyze");
            return List.of(compare(small, large, size, progress));
        }
    }

    private static Figure compare(StoreUnderTest small, StoreUnderTest large, StoreSize size, Progress progress) {
        List<Round> empty = new ArrayList<>();
        List<Round> full = new ArrayList<>();
        try (StoreInstance one = small.instance();
                StoreInstance other = large.instance()) {
            Appends few = new Appends(one.engine());
            Appends many = new Appends(other.engine());
            for (int round = 0; round <= size.rounds(); round++) {
                Round without = Rounds.run(IN_FLIGHT, size.length(), () -> few.append(1));
                Round with = Rounds.run(IN_FLIGHT, size.length(), () -> many.append(1));
                progress.tell("%s: %,.0f appends/s into the empty store, %,.0f into the full one"
                        .formatted(round == 0 ? "Warm-up" : "Round " + round, without.perSecond(), with.perSecond()));
                if (round > 0) {
                    empty.add(without);
                    full.add(with);
                }
            }
        }
        return Figure.against(
                NAME, Rounds.median(full), "appends/s", "an empty store", Rounds.median(empty), "ratio>=0.9");
    }
}
