package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.command.transparency.LogInstance;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bench.Rounds.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What sealing takes from appending: rounds that alternate between a store that is sealed meanwhile and one that is not. */
public final class SealingCost implements Benchmark {

    private static final String SEALING = "eventstore.sealing";
    private static final int IN_FLIGHT = 64;
    private static final Duration LONGEST_SEALING = Duration.ofMinutes(5);

    /** As the command side does unless it is told otherwise. */
    private static final Duration PERIOD = Duration.ofSeconds(60);

    @Override
    public String name() {
        return SEALING;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        return List.of(compare(StoreSize.usual(), progress));
    }

    private static Figure compare(StoreSize size, Progress progress) throws Exception {
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
}
