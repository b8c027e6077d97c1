package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.command.transparency.LogInstance;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bench.Rounds.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How many inclusion proofs a second are made from a log of a million entries, and what sealing takes from appending: rounds that
 * alternate between a store that is sealed meanwhile and one that is not.
 */
public final class ProofRate implements Benchmark {

    private static final String PROOFS = "eventstore.proof-rate";
    private static final String SEALING = "eventstore.sealing";
    private static final int IN_FLIGHT = 64;
    private static final int CHUNK = 100_000;
    private static final Duration LONGEST_SEALING = Duration.ofMinutes(5);

    /** As the command side does unless it is told otherwise. */
    private static final Duration PERIOD = Duration.ofSeconds(60);

    @Override
    public String name() {
        return PROOFS;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        StoreSize size = StoreSize.usual();
        List<Figure> figures = new ArrayList<>();
        try (StoreUnderTest store = StoreUnderTest.start("proof-rate")) {
            fill(store, size.events(), progress);
            figures.add(proofs(store, size, progress));
        }
        figures.add(sealing(size, progress));
        return figures;
    }

    private static Figure proofs(StoreUnderTest store, StoreSize size, Progress progress) {
        AppendGate gate = new AppendGate();
        try (StoreInstance instance = store.behind(gate);
                LogInstance log = new LogInstance(instance, gate, PERIOD)) {
            long began = System.nanoTime();
            long sealed = log.sealed().blockOptional(LONGEST_SEALING).orElseThrow();
            progress.tell("%,d events sealed, %,.0f/s".formatted(sealed, sealed * 1e9 / (System.nanoTime() - began)));
            List<Round> rounds = new ArrayList<>();
            for (int round = 0; round <= size.rounds(); round++) {
                Round one = Rounds.run(
                        IN_FLIGHT,
                        size.length(),
                        () -> log.inclusion(ThreadLocalRandom.current().nextLong(sealed) + 1));
                progress.tell("%s: %,.0f proofs/s (p99 %.1f ms)"
                        .formatted(
                                round == 0 ? "Warm-up" : "Round " + round,
                                one.perSecond(),
                                one.latencies().millis(99)));
                if (round > 0) {
                    rounds.add(one);
                }
            }
            return Figure.of(PROOFS, Rounds.median(rounds), "proofs/s", ">=5000");
        }
    }

    private static Figure sealing(StoreSize size, Progress progress) throws Exception {
        AppendGate gate = new AppendGate();
        List<Round> plain = new ArrayList<>();
        List<Round> sealed = new ArrayList<>();
        try (StoreUnderTest one = StoreUnderTest.start("without-sealing");
                StoreUnderTest other = StoreUnderTest.start("sealing");
                StoreInstance unsealed = one.instance();
                StoreInstance behind = other.behind(gate);
                LogInstance log = new LogInstance(behind, gate, PERIOD)) {
            Appends appends = new Appends(unsealed.engine());
            Appends logged = new Appends(behind.engine());
            for (int round = 0; round <= size.rounds(); round++) {
                Round without = Rounds.run(IN_FLIGHT, size.length(), () -> appends.append(1));
                Round with = Rounds.run(IN_FLIGHT, size.length(), () -> logged.append(1));
                log.sealed().block(LONGEST_SEALING);
                progress.tell("%s: %,.0f appends/s, %,.0f while they are sealed"
                        .formatted(round == 0 ? "Warm-up" : "Round " + round, without.perSecond(), with.perSecond()));
                if (round > 0) {
                    plain.add(without);
                    sealed.add(with);
                }
            }
        }
        return Figure.against(
                SEALING, Rounds.median(sealed), "appends/s", "appends without", Rounds.median(plain), "ratio>=0.95");
    }

    /** Events as the append function writes them, with entries that no program reads here and their leaves. */
    private static void fill(StoreUnderTest store, int upTo, Progress progress) throws Exception {
        try (StoreInstance first = store.instance()) {
            first.feed().head().block(Duration.ofMinutes(1));
        }
        for (int head = 0; head < upTo; head += CHUNK) {
            int to = Math.min(head + CHUNK, upTo);
            store.execute("""
                    insert into events (position, id, name, version, at, actor, tags, metadata, payload, entry, leaf)
                    select n, uuidv7(), 'AlarmAcknowledged', '1', now(), 'system/bench', '{}', '{}', '{}',
                    e.entry, sha256('\\x00'::bytea || e.entry) from generate_series(%d, %d) n
                    cross join lateral (select convert_to('entry ' || n, 'UTF8') as entry) e
                    """.formatted(head + 1, to));
        }
        progress.tell("%,d events in the store".formatted(upTo));
    }
}
