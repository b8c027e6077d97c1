package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bare.StoredRow;
import io.forgewatch.stack.bench.Rounds.Round;
import java.util.ArrayList;
import java.util.List;

/** Events a second in appends of a hundred, beside inserts of as many rows with one statement. */
public final class BatchVsInsert implements Benchmark {

    private static final String NAME = "eventstore.batch-vs-insert";
    private static final int BATCH = 100;
    private static final int IN_FLIGHT = 8;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        StoreSize size = StoreSize.usual();
        try (StoreUnderTest store = StoreUnderTest.start("batch-vs-insert");
                StoreInstance instance = store.instance();
                RawInserts inserts = RawInserts.into(store, IN_FLIGHT)) {
            Appends appends = new Appends(instance.engine());
            StoredRow row = CommandsVsInsert.row(CommandsVsInsert.alarms(1).getFirst());
            List<Round> raw = new ArrayList<>();
            List<Round> batches = new ArrayList<>();
            for (int round = 0; round <= size.rounds(); round++) {
                Round one = Rounds.run(IN_FLIGHT, size.length(), () -> inserts.insert(row, BATCH));
                Round two = Rounds.run(IN_FLIGHT, size.length(), () -> appends.append(BATCH));
                progress.tell("%s: %,.0f rows/s inserted, %,.0f events/s appended"
                        .formatted(
                                round == 0 ? "Warm-up" : "Round " + round,
                                one.perSecond() * BATCH,
                                two.perSecond() * BATCH));
                if (round > 0) {
                    raw.add(one);
                    batches.add(two);
                }
            }
            return List.of(Figure.against(
                    NAME,
                    Rounds.median(batches) * BATCH,
                    "events/s",
                    "multi-row inserts",
                    Rounds.median(raw) * BATCH,
                    "ratio>=0.5"));
        }
    }
}
