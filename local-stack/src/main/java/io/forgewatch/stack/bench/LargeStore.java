package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bench.Rounds.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What size does: how fast a reader is given a million events from the database, and whether appending is slower in a store of
 * ten million than in an empty one. The events are put there with plain SQL, as the store would have written them.
 */
public final class LargeStore implements Benchmark {

    private static final String STREAM = "eventstore.stream-rate";
    private static final String LARGE = "eventstore.append-at-10m";
    private static final int IN_FLIGHT = 64;
    private static final int CHUNK = 250_000;

    @Override
    public String name() {
        return "eventstore.large-store";
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        StoreSize size = StoreSize.usual();
        try (StoreUnderTest store = StoreUnderTest.start("large-store")) {
            List<Round> empty = rounds(store, size, "Empty store", progress);
            long stored = fill(store, size.events(), progress);
            double streamed = stream(store, size, stored, progress);
            fill(store, size.large(), progress);
            store.execute("analyze");
            List<Round> full = rounds(store, size, "Full store", progress);
            return List.of(
                    Figure.of(STREAM, streamed, "events/s", ">=100000"),
                    Figure.against(
                            LARGE,
                            Rounds.median(full),
                            "appends/s",
                            "an empty store",
                            Rounds.median(empty),
                            "ratio>=0.9"));
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

    /** @return how many events there are then */
    private static long fill(StoreUnderTest store, int upTo, Progress progress) throws Exception {
        long head = store.number("select coalesce(max(position), 0) from events");
        while (head < upTo) {
            long to = Math.min(head + CHUNK, upTo);
            store.execute("""
                    insert into events (position, id, name, version, at, actor, tags, metadata, payload)
                    select n, uuidv7(), 'AlarmAcknowledged', '1', now(), 'account/zhang.wei', array['alarm=' || a, \
                    'point=GT3702110001010001.BF_CW_P.LOW', 'within=GT3702110001'], '{"actor":"account/zhang.wei"}',
                    convert_to('{"alarmId":"' || a || '","by":"account/zhang.wei","at":"2026-11-24T09:20:00.100Z"}', 'UTF8')
                    from generate_series(%d, %d) n,
                    lateral (select 'GT3702110001010001.BF_CW_P.LOW.' || (1732440000000 + n / 5)) t(a)
                    """.formatted(head + 1, to));
            store.execute("""
                    insert into event_tags (tag, position, name)
                    select t, position, name from events, lateral unnest(tags) t where position between %d and %d
                    """.formatted(head + 1, to));
            head = to;
            progress.tell("%,d events in the store".formatted(head));
        }
        return head;
    }
}
