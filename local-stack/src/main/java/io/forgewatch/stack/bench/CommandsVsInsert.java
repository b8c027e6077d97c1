package io.forgewatch.stack.bench;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.bare.StoredRow;
import io.forgewatch.stack.bench.Acknowledging.Acknowledge;
import io.forgewatch.stack.bench.Acknowledging.Tally;
import io.forgewatch.stack.bench.Rounds.Round;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Commands a second through Axon's gateway, each with an idempotency key, over entities visited uniformly, beside plain inserts
 * of the same bytes with as many in flight: alternating rounds, the median of each.
 */
public final class CommandsVsInsert implements Benchmark {

    private static final String NAME = "eventstore.commands-vs-insert";
    private static final int IN_FLIGHT = 64;
    private static final int EVENTS_EACH = 5;
    private static final Actor PERSON = Actor.account("zhang.wei");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        StoreSize size = StoreSize.usual();
        Series warm = series("cache on", StoreUnderTest::instance, size, progress);
        Series cold = series("cache off", StoreUnderTest::forgetful, size, progress);
        return List.of(
                warm.figure(NAME, "ratio>=1.0"),
                Figure.of("eventstore.commands-p99", Rounds.p99(warm.commands()), "ms", "<=50"),
                cold.figure("eventstore.commands-cold-vs-insert", "ratio>=0.4"));
    }

    /** Rounds that alternate. */
    private record Series(List<Round> inserts, List<Round> commands) {

        Figure figure(String name, String goal) {
            return Figure.against(
                    name, Rounds.median(commands), "commands/s", "plain inserts", Rounds.median(inserts), goal);
        }
    }

    /** Each on a store of its own, so that no instance follows what another appends. */
    private static Series series(
            String named, Function<StoreUnderTest, StoreInstance> made, StoreSize size, Progress progress)
            throws Exception {
        List<String> alarms = alarms(size.entities());
        try (StoreUnderTest store = StoreUnderTest.start("commands-vs-insert");
                StoreInstance instance = made.apply(store);
                RawInserts inserts = RawInserts.into(store, IN_FLIGHT)) {
            populate(instance.commands(), alarms, progress);
            store.execute("vacuum analyze");
            StoredRow row = row(alarms.getFirst());
            Series series = new Series(new ArrayList<>(), new ArrayList<>());
            for (int round = 0; round <= size.rounds(); round++) {
                Round one = Rounds.run(IN_FLIGHT, size.length(), () -> inserts.insert(row));
                Round two = Rounds.run(IN_FLIGHT, size.length(), () -> acknowledge(instance.commands(), alarms));
                progress.tell("%s, %s: %,.0f inserts/s (p99 %.0f ms), %,.0f commands/s (p99 %.0f ms)"
                        .formatted(
                                named,
                                round == 0 ? "warm-up" : "round " + round,
                                one.perSecond(),
                                one.latencies().millis(99),
                                two.perSecond(),
                                two.latencies().millis(99)));
                if (round > 0) {
                    series.inserts().add(one);
                    series.commands().add(two);
                }
            }
            return series;
        }
    }

    static List<String> alarms(int count) {
        List<String> alarms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            alarms.add("GT3702110001010001.BF_CW_P.LOW." + (1_732_440_000_000L + i));
        }
        return List.copyOf(alarms);
    }

    private static void populate(Commands commands, List<String> alarms, Progress progress) {
        for (int pass = 1; pass <= EVENTS_EACH; pass++) {
            Flux.fromIterable(alarms)
                    .flatMap(alarm -> commands.send(new Acknowledge(alarm, Instant.now()), PERSON, null), 256)
                    .then()
                    .block(Duration.ofMinutes(5));
            progress.tell("%,d entities with %d events each".formatted(alarms.size(), pass));
        }
    }

    private static Mono<Commands.Answer> acknowledge(Commands commands, List<String> alarms) {
        String alarm = alarms.get(ThreadLocalRandom.current().nextInt(alarms.size()));
        return commands.send(
                new Acknowledge(alarm, Instant.now()), PERSON, UUID.randomUUID().toString());
    }

    /** The same bytes as the event of a command, with what the log says of it. */
    static StoredRow row(String alarm) {
        AlarmAcknowledged event = new AlarmAcknowledged(alarm, Tally.BY, Instant.now());
        List<String> tags =
                event.tags().stream().map(tag -> tag.key() + "=" + tag.value()).toList();
        String metadata = "{\"actor\":\"" + PERSON.wire() + "\"}";
        byte[] payload = EventJson.payload(event);
        byte[] entry = LogEntry.of(
                        UUID.randomUUID(),
                        "AlarmAcknowledged",
                        "1",
                        ChronoUnit.MICROS.between(Instant.EPOCH, event.at()),
                        tags,
                        metadata.getBytes(StandardCharsets.UTF_8),
                        payload)
                .bytes();
        return new StoredRow(
                "AlarmAcknowledged",
                PERSON.wire(),
                tags.toArray(String[]::new),
                metadata,
                payload,
                entry,
                Hash.leaf(entry).bytes());
    }
}
